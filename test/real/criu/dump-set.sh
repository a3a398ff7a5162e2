#!/usr/bin/env bash
# Runs a set's program in a box and dumps it: /out/SET gets the images, /out/SET.json what /proc said just before. Runs
# in a node's root. What happens with the program is in sets/SET.sh, in terms of `start` and `dump`.
#
#   dump-set.sh SET
set -euo pipefail
set=$1
box=/box images=/out/$set

mkdir -p "$box"/{bin,proc,tmp,dev,etc,srv,mnt,outside,var} "$images"
cp /programs/* /bin/busybox "$box/bin"
echo 'Welcome to the box.' >"$box/etc/motd"
echo >"$box/etc/issue"
echo 'shown read-only' >"$box/srv/page.html"

# start NAMESPACES… : starts the box, by way of start_with; `first` is the PID of its first process.
# shellcheck disable=SC2034 # Sets use it.
own_all=(--pid --fork --mount --uts --ipc --net --cgroup)
start_with=()
start() {
  "${start_with[@]}" unshare "$@" /src/enter-box.sh "$box" "$set" &
  local unshare=$!
  until [ -e "$box/ready" ]; do
    if ! kill -0 "$unshare" 2>/dev/null || ((SECONDS > 30)); then fail "$set is not ready: $(cat "$box/log")"; fi
    sleep 0.05
  done
  first=$(pgrep --parent "$unshare")
}

fail() {
  printf '%s\n' "$*" >&2
  exit 1
}

# dump [OPTION…] : with what runtimes ask for, and more, into $images.
dump() {
  python3 /src/read-truth.py "$first" >"/out/$set.json"
  criu dump --tree "$first" --root "$box" --images-dir "$images" --log-file /tmp/dump.log -v4 \
    --leave-running --file-locks --ext-unix-sk --link-remap --manage-cgroups --tcp-established "$@" ||
    fail "$set: $(grep -F 'Error (' /tmp/dump.log)"
}

# Descriptors of whoever called are nothing that shall be dumped.
for descriptor in "/proc/$$/fd"/*; do
  case ${descriptor##*/} in [012] | 255) ;; *) eval "exec ${descriptor##*/}>&-" ;; esac
done
# In control groups of its own, because their names are dumped. cpuset lets nobody in before it is told where, and cpu
# gives no time to real-time threads before it is told how much.
while read -r _ hierarchy type _; do
  case $type in cgroup | cgroup2) ;; *) continue ;; esac
  mkdir "$hierarchy/image-box"
  for where in cpus mems; do
    [ ! -e "$hierarchy/image-box/cpuset.$where" ] || echo 0 >"$hierarchy/image-box/cpuset.$where"
  done
  [ ! -e "$hierarchy/image-box/cpu.rt_runtime_us" ] || echo 10000 >"$hierarchy/image-box/cpu.rt_runtime_us"
  echo $$ >"$hierarchy/image-box/cgroup.procs"
done </proc/self/mounts
ip link set lo up
# shellcheck source=/dev/null
. "/src/sets/$set.sh"
