#!/usr/bin/env bash
# Becomes COMMAND in a root of its own: ROOT seen through an overlay that keeps all changes in FOLDER.
#
#   enter-root.sh ROOT FOLDER [FROM=TO]… -- COMMAND…
#
# Runs in fresh mount and PID namespaces; FROM=TO shows this machine's FROM as TO in there.
set -euo pipefail
root=$1 folder=$2
shift 2

mkdir -p "$folder"/{upper,work,root}
mount --make-rprivate /
mount -t overlay overlay -o "lowerdir=$root,upperdir=$folder/upper,workdir=$folder/work" "$folder/root"
cd "$folder/root"
mount --rbind /dev dev
mount --rbind /sys sys
mount -t proc proc proc
mount -t tmpfs tmpfs run
mount -t tmpfs tmpfs tmp
while [ "$1" != -- ]; do
  mkdir -p "${1%%=*}" "./${1#*=}"
  mount --bind "${1%%=*}" "./${1#*=}"
  shift
done
shift

# CRIU dumps nothing from under a plain chroot.
mkdir -p outside
pivot_root . outside
cd /
umount -l /outside
exec "$@"
