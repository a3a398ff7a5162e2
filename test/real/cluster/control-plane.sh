# shellcheck shell=bash
# The machine control-plane: the network of the cluster, etcd, the API server and its controllers, the registry.

pki=/etc/kubernetes/pki

# join_network : a cable from this machine to control-plane, which has the addresses of all machines.
join_network() {
  local machine
  ip link add kc-cluster type veth peer name eth0 netns "$(machine_pid control-plane)"
  ip address add "${address[host]}/24" dev kc-cluster
  ip link set kc-cluster up
  in_machine control-plane ip link set lo up
  for machine in control-plane "${nodes[@]}"; do
    in_machine control-plane ip address add "${address[$machine]}/24" dev eth0
  done
  in_machine control-plane ip link set eth0 up
}

start_etcd() {
  service_start control-plane /usr/bin/etcd --data-dir=/var/lib/etcd --unsafe-no-fsync
}

start_registry() {
  cat >"$(machine_file control-plane /etc/registry.yaml)" <<YAML
version: 0.1
storage: { filesystem: { rootdirectory: /var/lib/registry }, delete: { enabled: true } }
http: { addr: ":5000" }
YAML
  service_start control-plane /usr/bin/docker-registry serve /etc/registry.yaml
}

# start_apiserver IDENTITY : admin or system, see apiserver_identity.
start_apiserver() {
  service_start control-plane /opt/kubernetes/kube-apiserver \
    --etcd-servers=http://127.0.0.1:2379 \
    --bind-address="${address[control-plane]}" \
    --tls-cert-file=$pki/apiserver.crt \
    --tls-private-key-file=$pki/apiserver.key \
    --client-ca-file=$pki/ca.crt \
    --service-account-key-file=$pki/service-account.pub \
    --service-account-signing-key-file=$pki/service-account.key \
    --service-account-issuer=https://kubernetes.default.svc \
    --service-cluster-ip-range=10.96.0.0/16 \
    --authorization-mode=Node,RBAC \
    --kubelet-certificate-authority=$pki/ca.crt \
    --kubelet-client-certificate=$pki/kubelet-client-"$1".crt \
    --kubelet-client-key=$pki/kubelet-client-"$1".key \
    --kubelet-preferred-address-types=InternalIP \
    --endpoint-reconciler-type=none \
    --allow-privileged=true
  until_true 60 kubectl get --raw /readyz || die 'the API server did not become ready'
}

# apiserver_identity IDENTITY : restarts the API server as another client of the kubelets: `admin` is in
# system:masters, `system` has only the rights of system:kubelet-api-admin. The kubelets are restarted, too.
apiserver_identity() {
  local node
  case $1 in
    admin) ;;
    system)
      kubectl create clusterrolebinding kubelet-client --clusterrole=system:kubelet-api-admin \
        --user=kube-apiserver-kubelet-client --dry-run=client -o yaml | kubectl apply -f - >&2
      ;;
    *) die "no identity $1: admin or system" ;;
  esac
  service_stop control-plane kube-apiserver
  start_apiserver "$1"
  # One that has lost its API server may wait half a minute before it asks for its pods again.
  for node in "${nodes[@]}"; do restart_kubelet "$node"; done
}

start_controllers() {
  service_start control-plane /opt/kubernetes/kube-controller-manager \
    --kubeconfig=$pki/controller-manager.kubeconfig \
    --service-account-private-key-file=$pki/service-account.key \
    --root-ca-file=$pki/ca.crt \
    --use-service-account-credentials=true \
    --leader-elect=false
  service_start control-plane /opt/kubernetes/kube-scheduler \
    --kubeconfig=$pki/scheduler.kubeconfig \
    --leader-elect=false
}

kubectl() { "$cache/kubernetes/kubectl" --kubeconfig "$state/pki/admin.kubeconfig" "$@"; }
