# shellcheck shell=bash
# Certificates and kubeconfigs, made afresh for every start of the cluster.

issue_certificates() {
  local node
  mkdir -p "$state/pki"
  make_key ca
  openssl req -x509 -new -key "$state/pki/ca.key" -out "$state/pki/ca.crt" -days 365 -subj /CN=kubectl-checkpoint-tests
  make_key service-account
  openssl pkey -in "$state/pki/service-account.key" -pubout -out "$state/pki/service-account.pub"

  issue apiserver /CN=kube-apiserver "IP:${address[control-plane]},IP:10.96.0.1,DNS:kubernetes.default.svc"
  issue controller-manager /CN=system:kube-controller-manager
  issue scheduler /CN=system:kube-scheduler
  issue admin /O=system:masters/CN=admin
  # Who the API server is to kubelets: one user, once with every right and once with those bound to it.
  issue kubelet-client-admin /O=system:masters/CN=kube-apiserver-kubelet-client
  issue kubelet-client-system /CN=kube-apiserver-kubelet-client
  for node in "${nodes[@]}"; do
    issue "$node" "/O=system:nodes/CN=system:node:$node" "IP:${address[$node]},DNS:$node"
  done
}

make_key() { openssl genpkey -algorithm EC -pkeyopt ec_paramgen_curve:P-256 -out "$state/pki/$1.key" 2>/dev/null; }

# issue NAME SUBJECT [ALTERNATIVE-NAMES] : NAME.key, NAME.crt and NAME.kubeconfig, signed by the CA.
issue() {
  local name=$1 file=$state/pki/$1
  make_key "$name"
  openssl req -new -key "$file.key" -subj "$2" |
    openssl x509 -req -CA "$state/pki/ca.crt" -CAkey "$state/pki/ca.key" -days 365 -out "$file.crt" -extfile <(
      echo keyUsage=digitalSignature
      echo extendedKeyUsage=clientAuth,serverAuth
      echo "${3:+subjectAltName=$3}"
    ) 2>/dev/null
  cat >"$file.kubeconfig" <<YAML
apiVersion: v1
kind: Config
clusters:
  - name: tests
    cluster:
      server: $api_server
      certificate-authority-data: $(base64 -w0 "$state/pki/ca.crt")
users:
  - name: $name
    user:
      client-certificate-data: $(base64 -w0 "$file.crt")
      client-key-data: $(base64 -w0 "$file.key")
contexts:
  - name: tests
    context: { cluster: tests, user: $name }
current-context: tests
YAML
}
