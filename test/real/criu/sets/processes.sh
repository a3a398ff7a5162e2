# shellcheck shell=bash
start "${own_all[@]}"
dump
criu cpuinfo dump --images-dir "$images"
