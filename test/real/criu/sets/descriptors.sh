# shellcheck shell=bash
start "${own_all[@]}"
dump
