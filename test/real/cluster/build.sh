# shellcheck shell=bash
# What the cluster is made of: Debian sid as the machines' root, Kubernetes compiled from Go modules, the images.

packages=(
  containerd runc criu containernetworking-plugins iptables nftables
  etcd-server docker-registry skopeo
  iproute2 procps ca-certificates
  busybox-static python3 python3-pycriu redis-server redis-tools
)

# build : makes what is missing or was made from other inputs.
build() {
  install_missing \
    debootstrap=debootstrap ip=iproute2 openssl=openssl pgrep=procps update-ca-certificates=ca-certificates
  mkdir -p "$cache"
  (
    flock 9
    build_part root "${packages[*]}"
    build_part kubernetes "$(cat "$here"/tools/go.*)"
    build_part workloads "$(cat "$here"/workloads/*.c)"
    build_part images "${packages[*]} $(cat "$here"/images.sh "$here"/workloads/*)"
  ) 9>"$cache/lock"
}

# install_missing COMMAND=PACKAGE… : this machine's own tools.
install_missing() {
  local pair missing=()
  for pair; do
    command -v "${pair%%=*}" >/dev/null || missing+=("${pair#*=}")
  done
  if ((${#missing[@]})); then
    say "installing ${missing[*]}"
    apt-get update -qq >&2
    DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends "${missing[@]}" >&2
  fi
}

# build_part NAME INPUTS : runs build_NAME, which fills $cache/NAME, unless that was filled from the same INPUTS.
build_part() {
  local name=$1 inputs
  inputs=$(sha256sum <<<"$2")
  if [ "$inputs" = "$(cat "$cache/$name.inputs" 2>/dev/null)" ]; then return; fi
  say "building $name"
  rm -rf "${cache:?}/$name" "$cache/$name.inputs"
  # In the background, because a function left of `||` doesn't stop at its errors.
  "build_$name" >"$cache/$name.log" 2>&1 &
  wait $! || die "building $name failed: $(tail -5 "$cache/$name.log")"
  printf '%s\n' "$inputs" >"$cache/$name.inputs"
}

build_root() {
  debootstrap --variant=minbase --include="$(
    IFS=,
    echo "${packages[*]}"
  )" sid "$cache/root"
  rm -rf "$cache"/root/var/cache/apt/archives/*.deb
}

build_kubernetes() { compile kubernetes; }
build_workloads() { compile workloads; }

# compile PART : in an overlay of the root, with Debian's Go and gcc, so that this machine needs neither.
compile() {
  local workshop=$cache/workshop
  rm -rf "$workshop"
  # Where this machine asks for names, and whom it trusts: maybe a proxy with an authority of its own.
  mkdir -p "$workshop/upper/etc/ssl/certs"
  cp -L /etc/resolv.conf "$workshop/upper/etc/"
  cp -L /etc/ssl/certs/ca-certificates.crt "$workshop/upper/etc/ssl/certs/"
  unshare --mount --pid --fork "$here/enter-root.sh" "$cache/root" "$workshop" \
    "$here=/src" "$cache/$1=/out" "$workshop/tmp=/build" -- \
    /usr/bin/env KUBERNETES_VERSION="$kubernetes_version" /src/compile.sh "$1"
  rm -rf "$workshop"
}
