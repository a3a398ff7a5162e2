# shellcheck shell=bash
# Machines: trees of processes with a root, mounts and PIDs of their own. The first one, control-plane, brings a
# network that the others join, so that every address, bridge and mount of the cluster lives in namespaces and the
# kernel takes them away with the last process, however that ended.

# machine_start NAME
machine_start() {
  local name=$1 folder=$state/machines/$1 join=()
  if [ "$name" = control-plane ]; then
    join=(unshare --net)
  else
    join=(nsenter --target "$(machine_pid control-plane)" --net --pid)
  fi
  # pause is PID 1 in there and reaps orphans. Its arguments mean nothing to it: machine_pid knows it by them.
  # The folders of containerd and the kubelet are no overlay, because overlays of images can't lie on one.
  setsid "${join[@]}" unshare --mount --pid --fork --kill-child "$here/enter-root.sh" "$cache/root" "$folder" \
    "$cache/kubernetes=/opt/kubernetes" "$cache/workloads=/opt/workloads" "$cache/images=/opt/images" \
    "$state/pki=/etc/kubernetes/pki" "$state/log=/var/log/cluster" \
    "$folder/containerd=/var/lib/containerd" "$folder/kubelet=/var/lib/kubelet" \
    -- /opt/workloads/pause "$state" "$name" </dev/null >"$state/log/$name.log" 2>&1 &
  disown
  until_true 10 machine_pid "$name" || die "$name did not start: $(tail -1 "$state/log/$name.log")"
}

# machine_pid NAME : the PID, as seen here, of that machine's first process; fails if it doesn't run.
machine_pid() { pgrep --full --exact "/opt/workloads/pause $state $1"; }

# machine_stop NAME : returns when every process of that machine has ended.
machine_stop() {
  local pid
  pid=$(machine_pid "$1") || return 0
  kill -KILL "$pid"
  until_true 30 test ! -e "/proc/$pid" || die "$1 does not end (PID $pid)"
}

# in_machine NAME COMMAND…
in_machine() {
  local pid
  pid=$(machine_pid "$1") || die "$1 is not running"
  shift
  nsenter --target "$pid" --mount --pid --net --wdns=/ -- "$@"
}

# machine_file NAME PATH : where this machine sees that machine's file.
machine_file() {
  local pid
  pid=$(machine_pid "$1") || die "$1 is not running"
  printf '/proc/%s/root%s\n' "$pid" "$2"
}

# service_start MACHINE COMMAND [ARGUMENT…] : leaves it running; log/MACHINE-NAME.log gets its output.
service_start() {
  local machine=$1 command=$2 name=${2##*/}
  shift 2
  in_machine "$machine" start-stop-daemon --start --background --make-pidfile --pidfile "/run/$name.pid" \
    --output "/var/log/cluster/$machine-$name.log" --exec "$command" -- "$@"
}

# service_stop MACHINE NAME : returns when it has ended. An API server with open watches takes a minute of its own will.
service_stop() {
  in_machine "$1" start-stop-daemon --stop --oknodo --quiet --retry TERM/3/KILL/10 --pidfile "/run/$2.pid"
}

# service_runs MACHINE NAME
service_runs() { in_machine "$1" start-stop-daemon --status --pidfile "/run/$2.pid"; }
