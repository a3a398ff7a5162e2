# shellcheck shell=bash disable=SC2034,SC2154
# As in a pod: network and processes are those of an older container, and folders and files come from the node.
unshare --pid --fork --kill-child --net sleep infinity &
until pod=$(pgrep --parent $!); do sleep 0.05; done
mkdir -p /volume "$box/srv/volume"
mount -t tmpfs volume /volume
echo 'of the node' >/volume/shared
echo 'a log of the node' >/var/log/outside.log
mount --bind /volume "$box/srv/volume"
mkfifo /tmp/terminal
nsenter --target "$pod" --net python3 /src/outside.py >/tmp/terminal &
read -r terminal </tmp/terminal

start_with=(nsenter --target "$pod" --pid --net)
start --mount --uts --ipc 3</var/log/outside.log 4<>"$terminal"

inode_of() { stat --dereference --format=%i "$1"; }
mount_id=$(awk '$1 == "mnt_id:" { print $2 }' "/proc/$first/fdinfo/3")
dump --external "pid[$(inode_of "/proc/$first/ns/pid")]:extRootPidNS" \
  --external "net[$(inode_of "/proc/$first/ns/net")]:extRootNetNS" \
  --external 'mnt[/srv/volume]:volume' \
  --external "file[$(printf '%x:%x' "$mount_id" "$(inode_of /var/log/outside.log)")]" \
  --external "tty[$(printf '%x:%x' "$(stat --format=%r "$terminal")" "$(stat --format=%d "$terminal")")]"
