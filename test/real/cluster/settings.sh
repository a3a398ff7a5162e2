# shellcheck shell=bash disable=SC2034
# Places, names and addresses that the parts of the cluster agree on.

# Kept apart from the checkout: it holds root's files, and disappears with `cluster down`.
state=${KUBECTL_CHECKPOINT_CLUSTER:-/var/tmp/kubectl-checkpoint-cluster}
# What `cluster build` makes. Nothing writes to it afterwards: machines get overlays.
cache=${KUBECTL_CHECKPOINT_CLUSTER_CACHE:-/var/cache/kubectl-checkpoint-cluster}

nodes=(node-a node-b)

# 198.18.0.0/15 is set aside for tests of network devices (RFC 2544), so no network that matters is hidden by it.
declare -A address=(
  [host]=198.18.77.254 [control-plane]=198.18.77.10 [node-a]=198.18.77.1 [node-b]=198.18.77.2
)
declare -A pod_range=([node-a]=10.244.1.0/24 [node-b]=10.244.2.0/24)
api_server=https://${address[control-plane]}:6443

# `tools/go.mod` pins the Kubernetes components; nothing else names a version.
kubernetes_version=$(awk '$1 == "require" && $2 == "k8s.io/kubernetes" { print $3 }' "$here/tools/go.mod")

say() { printf 'cluster: %s\n' "$*" >&2; }
die() {
  say "$*"
  exit 1
}

# until_true SECONDS COMMAND… : tries COMMAND until it succeeds; fails when SECONDS are over.
until_true() {
  local deadline=$((SECONDS + $1))
  shift
  until "$@" >/dev/null 2>&1; do
    ((SECONDS < deadline)) || return 1
    sleep 0.2
  done
}
