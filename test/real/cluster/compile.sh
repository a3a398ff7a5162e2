#!/usr/bin/env bash
# Runs in the workshop that build.sh opens: compiles tools/ and workloads/ of SOURCE into OUT.
#
#   KUBERNETES_VERSION=v1.2.3 compile.sh SOURCE OUT
set -euo pipefail
source=$1 out=$2

# Sid's index is valid for a week, and mirrors may lag behind more than that.
apt-get update -qq -o Acquire::Check-Valid-Until=false
DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends golang-go gcc libc6-dev

for program in app pause; do
  gcc -std=gnu23 -O1 -Wall -Wextra -Werror -static -o "$out/$program" "$source/workloads/$program.c"
done

# Without its version, a component calls itself v0.0.0-master and kubectl doubts every answer.
version=k8s.io/component-base/version
minor=${KUBERNETES_VERSION#v1.}
cd "$source/tools"
GOPATH=/build/go GOCACHE=/build/cache GOTMPDIR=/build GOTOOLCHAIN=local CGO_ENABLED=0 \
  go build -trimpath -buildvcs=false -mod=readonly -o "$out/" \
  -ldflags "-s -w -X $version.gitVersion=$KUBERNETES_VERSION -X $version.gitMajor=1 -X $version.gitMinor=${minor%%.*}" \
  tool
