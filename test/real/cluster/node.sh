# shellcheck shell=bash
# A node: a machine with containerd, runc, CRIU and a kubelet.

start_containerd() {
  local node=$1 bridge=pods-${1#node-}
  mkdir -p "$(machine_file "$node" /etc/containerd)" "$(machine_file "$node" /etc/cni/net.d)"
  cat >"$(machine_file "$node" /etc/cni/net.d/10-pods.conflist)" <<JSON
{
  "cniVersion": "1.0.0",
  "name": "pods",
  "plugins": [
    {
      "type": "bridge", "bridge": "$bridge", "isGateway": true, "hairpinMode": true,
      "ipam": {
        "type": "host-local",
        "ranges": [[{ "subnet": "${pod_range[$node]}" }]],
        "routes": [{ "dst": "0.0.0.0/0" }]
      }
    },
    { "type": "portmap", "capabilities": { "portMappings": true } }
  ]
}
JSON
  # restrict_oom_score_adj: root in a container may lack CAP_SYS_RESOURCE.
  cat >"$(machine_file "$node" /etc/containerd/config.toml)" <<TOML
version = 3
[plugins."io.containerd.cri.v1.runtime"]
  restrict_oom_score_adj = true
  [plugins."io.containerd.cri.v1.runtime".cni]
    bin_dirs = ["/usr/lib/cni"]
[plugins."io.containerd.cri.v1.images".pinned_images]
  sandbox = "localhost:5000/pause:1"
[plugins."io.containerd.cri.v1.images".registry]
  config_path = "/etc/containerd/certs.d"
TOML
  # The registry as the machine outside calls it; it has no TLS.
  local registry=${address[control-plane]}:5000 hosts
  hosts=$(machine_file "$node" "/etc/containerd/certs.d/$registry/hosts.toml")
  mkdir -p "$(dirname "$hosts")"
  printf 'server = "http://%s"\n' "$registry" >"$hosts"
  service_start "$node" /usr/bin/containerd
  until_true 30 in_machine "$node" ctr version || die "$node: containerd did not start"
}

# start_kubelet NODE [YAML] : with more lines of KubeletConfiguration.
start_kubelet() {
  local node=$1
  mkdir -p "$(machine_file "$node" /etc/kubernetes/manifests)"
  # The machine may be a container: no swap control, cgroup v1, no systemd, little room. Rights that a test grants or
  # takes away count at once.
  cat >"$(machine_file "$node" /etc/kubernetes/kubelet.yaml)" <<YAML
apiVersion: kubelet.config.k8s.io/v1beta1
kind: KubeletConfiguration
address: ${address[$node]}
healthzPort: 0
authentication: { anonymous: { enabled: false }, webhook: { enabled: true }, x509: { clientCAFile: $pki/ca.crt } }
authorization: { mode: Webhook, webhook: { cacheAuthorizedTTL: 1ms, cacheUnauthorizedTTL: 1ms } }
tlsCertFile: $pki/$node.crt
tlsPrivateKeyFile: $pki/$node.key
staticPodPath: /etc/kubernetes/manifests
containerRuntimeEndpoint: unix:///run/containerd/containerd.sock
resolvConf: ""
makeIPTablesUtilChains: false
cgroupDriver: cgroupfs
cgroupsPerQOS: false
enforceNodeAllocatable: []
failCgroupV1: false
failSwapOn: false
oomScoreAdj: 0
evictionHard: { memory.available: 1Mi, nodefs.available: 1Mi, imagefs.available: 1Mi }
imageGCHighThresholdPercent: 100
${2:-}
YAML
  service_start "$node" /opt/kubernetes/kubelet --config=/etc/kubernetes/kubelet.yaml \
    --kubeconfig="$pki/$node.kubeconfig" --hostname-override="$node" --node-ip="${address[$node]}"
}

# restart_kubelet NODE [YAML] : returns when it knows all pods of its node again.
restart_kubelet() {
  service_stop "$1" kubelet
  start_kubelet "$@"
  until_true 60 kubelet_knows_its_pods "$1" || die "$1: the kubelet did not come back"
}

kubelet_knows_its_pods() {
  local expected known
  expected=$(kubectl get pods --all-namespaces --field-selector="spec.nodeName=$1" --output=name) || return
  known=$(kubectl get --raw "/api/v1/nodes/$1/proxy/pods") || return
  [ "$(grep -c . <<<"$expected")" = "$(grep -o '"phase"' <<<"$known" | grep -c .)" ]
}

# open_cgroups : lets cgroups of containers be made. Of cgroup v2, a container sees a part that its own processes fill,
# and the kernel hands resources down only to children of a cgroup without any. The real root, and v1, have no type.
open_cgroups() {
  [ -e /sys/fs/cgroup/cgroup.type ] || return 0
  mkdir -p /sys/fs/cgroup/kubectl-checkpoint-machine
  # Some may have ended in the meantime.
  xargs -rn1 </sys/fs/cgroup/cgroup.procs >/sys/fs/cgroup/kubectl-checkpoint-machine/cgroup.procs 2>/dev/null || true
}

# remove_cgroups : what containers that were killed from outside leave; the kernel ends no cgroup by itself.
remove_cgroups() {
  local container
  for container in "$state"/machines/node-*/containerd/io.containerd.runtime.v2.task/k8s.io/*; do
    [ -d "$container" ] || continue
    find /sys/fs/cgroup -depth -type d -path "*/k8s.io/${container##*/}*" -exec rmdir {} +
  done
  # Fails where another containerd of this machine has containers, and rightly.
  find /sys/fs/cgroup -type d -name k8s.io -exec rmdir {} + 2>/dev/null || true
}
