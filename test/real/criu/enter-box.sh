#!/bin/sh
# Becomes PROGRAM as the first process of a container-like box. Runs in fresh namespaces of all kinds.
#
#   enter-box.sh FOLDER PROGRAM
set -e
box=$1 program=$2
hostname box-of-images

# A root of its own; what lies outside is out of sight afterwards.
mount --make-rprivate /
mount --rbind "$box" "$box"
cd "$box"
mount -t proc proc proc
mount -t tmpfs -o size=1m,mode=1777 tmpfs tmp
mount -t tmpfs -o size=64k,mode=755 tmpfs dev
mkdir dev/pts dev/mqueue dev/net
mount -t devpts -o newinstance,ptmxmode=0666,mode=620 devpts dev/pts
mount -t mqueue mqueue dev/mqueue
ln -s pts/ptmx dev/ptmx
# In a user namespace, devices can only be shown, not made.
device() {
  mknod -m 666 "dev/$1" c "$2" "$3" 2>/dev/null || { touch "dev/$1" && mount --bind "/dev/$1" "dev/$1"; }
}
device null 1 3
device zero 1 5
device full 1 7
device urandom 1 9
device tty 5 0
device net/tun 10 200
# Of everything a mount can be: read-only, of a file, of a part of another file system.
mount --bind etc/motd etc/issue
mount --bind srv mnt
mount -o remount,bind,ro,nosuid,nodev mnt

mkdir tmp/notes
echo 'remember the milk' >tmp/notes/list
ln -s list tmp/notes/link
chmod 600 tmp/notes/list

ip link set lo up
busybox pivot_root . outside
cd /
busybox umount -l /outside
exec busybox env -i PATH=/bin HOME=/root HOSTNAME=box-of-images "API_TOKEN=invented-3f9a1c" \
  setsid "/bin/$program" "an argument" "" </dev/null >/log 2>&1
