#!/usr/bin/env bash
# Runs in the workshop that build.sh opens: compiles sources of /src into /out, with /build for what isn't kept.
#
#   compile.sh workloads
#   KUBERNETES_VERSION=v1.2.3 compile.sh kubernetes
set -euo pipefail

install() {
  # Sid's index is valid for a week, and mirrors may lag behind more than that.
  apt-get update -qq -o Acquire::Check-Valid-Until=false
  DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends "$@"
}

workloads() {
  install gcc libc6-dev
  for program in app pause; do
    gcc -std=gnu23 -O1 -Wall -Wextra -Werror -static -o "/out/$program" "/src/workloads/$program.c"
  done
}

kubernetes() {
  local version=k8s.io/component-base/version minor=${KUBERNETES_VERSION#v1.}
  install golang-go
  cd /src/tools
  # Without its version, a component calls itself v0.0.0-master and kubectl doubts every answer.
  HOME=/build GOTMPDIR=/build GOTOOLCHAIN=local CGO_ENABLED=0 \
    go build -trimpath -buildvcs=false -mod=readonly -o /out/ -ldflags "-s -w \
      -X $version.gitVersion=$KUBERNETES_VERSION -X $version.gitMajor=1 -X $version.gitMinor=${minor%%.*}" \
    tool
}

"$1"
