#!/usr/bin/env bash
# Makes sets of images with real CRIU: runs small programs in boxes of namespaces and dumps them, in a node's root.
# Needs Linux (Debian or a relative), root, and the first time what `cluster build` needs.
#
#   make-images.sh FOLDER [SET…]      FOLDER/SET gets the images, FOLDER/SET.json what /proc said just before
#   make-images.sh --fixtures         makes test/fixtures/images anew; record-crit.sh is due afterwards
#
# A set is a program in programs/ and what happens to it in sets/.
# shellcheck source-path=SCRIPTDIR/../cluster
set -euo pipefail
criu=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
here=$criu/../cluster
. "$here/settings.sh"
. "$here/build.sh"

# compile_programs FOLDER : programs into FOLDER/bin, what is preloaded into CRIU into FOLDER/lib.
compile_programs() {
  local source name flags=(-std=gnu2x -O1 -Wall -Wextra -Werror)
  mkdir "$1/bin" "$1/lib"
  for source in "$criu"/programs/*.c; do
    name=$(basename "$source" .c)
    case $name in
      idle) gcc "${flags[@]}" -static -nostdlib -Wl,--nmagic -s -o "$1/bin/$name" "$source" ;;
      *) gcc "${flags[@]}" -static -o "$1/bin/$name" "$source" ;;
    esac
  done
  gcc "${flags[@]}" -shared -fPIC -o "$1/lib/soft-dirty.so" "$criu/preload/soft-dirty.c"
}

# make_set SET WORK OUT
make_set() {
  rm -rf "${3:?}/$1" "$3/$1.json"
  # CRIU's network namespace is fresh, too: it locks and unlocks networks around a dump.
  env --ignore-environment PATH=/usr/sbin:/usr/bin:/bin \
    unshare --mount --pid --net --fork --kill-child "$here/enter-root.sh" "$cache/root" "$2/$1" \
    "$criu=/src" "$2/bin=/programs" "$2/lib=/preload" "$3=/out" -- /src/dump-set.sh "$1"
  remove_groups
}

# Control groups outlive their last process.
remove_groups() { find /sys/fs/cgroup -depth -type d -path '*/image-box*' -exec rmdir {} +; }

[ "$(uname)" = Linux ] || die 'needs Linux'
[ "$(id -u)" = 0 ] || die 'needs root'
[ $# -gt 0 ] || die 'usage: make-images.sh FOLDER [SET…] | --fixtures'
install_missing gcc=build-essential zstd=zstd
"$here/cluster" build

work=$(mktemp --directory)
trap 'remove_groups; rm -rf "$work"' EXIT
compile_programs "$work"
case $1 in
  --fixtures) out=$work/out ;;
  *) out=$(realpath "$1") ;;
esac
mkdir -p "$out"
sets=("${@:2}")
((${#sets[@]})) || mapfile -t sets < <(basename --suffix=.sh "$criu"/sets/*)
for set in "${sets[@]}"; do make_set "$set" "$work" "$out"; done

if [ "$1" = --fixtures ]; then
  fixtures=$criu/../../fixtures
  for set in "${sets[@]}"; do
    tar --create --sort=name --owner=0 --group=0 --directory="$out/$set" . |
      zstd --quiet --force --ultra -22 -o "$fixtures/images/$set.tar.zst"
    cp "$out/$set.json" "$fixtures/truth/$set.json"
  done
fi
