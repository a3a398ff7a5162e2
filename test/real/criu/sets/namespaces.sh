# shellcheck shell=bash disable=SC2034,SC2154
# A user namespace with two ranges of users, made before the others so that its root may do all in them.
unshare --user sleep infinity &
users=$!
until [ "$(readlink "/proc/$users/ns/user")" != "$(readlink /proc/self/ns/user)" ]; do sleep 0.05; done
# The kernel takes the ranges in one write only.
for map in uid_map gid_map; do cat <<<$'0 100000 1000\n1000 200000 64536' >"/proc/$users/$map"; done
chown -R 100000:100000 "$box"

limit() { [ ! -e "/sys/fs/cgroup/$1" ] || echo "$2" >"/sys/fs/cgroup/$1"; }
limit pids/image-box/pids.max 50
limit memory/image-box/memory.limit_in_bytes 64M
limit cpu/image-box/cpu.shares 512

start_with=(nsenter --target "$users" --user --setuid 0 --setgid 0 --)
start "${own_all[@]}" --time --boottime 86400 --monotonic 3600
kill "$users"
# One process lives further down.
for group in /sys/fs/cgroup/{pids,freezer}/image-box; do
  [ -d "$group" ] || continue
  mkdir "$group/inner"
  pgrep --parent "$first" | head -1 >"$group/inner/cgroup.procs"
done
nsenter --target "$first" --user --setuid 0 --setgid 0 --ipc sysctl -q kernel.shmmni=1234 kernel.msgmax=4096
nsenter --target "$first" --uts sysctl -q kernel.domainname=example.org

# Devices in there are shown from outside, and told apart by names that CRIU makes.
dump --external 'mnt[]:ms'
