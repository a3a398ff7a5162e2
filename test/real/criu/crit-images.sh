#!/usr/bin/env bash
# Prints what CRIT makes of every image below FOLDER: crit-images.py, run in a node's root, where CRIT is.
#
#   crit-images.sh FOLDER
# shellcheck source-path=SCRIPTDIR/../cluster
set -euo pipefail
criu=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
here=$criu/../cluster
. "$here/settings.sh"

work=$(mktemp --directory)
trap 'rm -rf "$work"' EXIT
unshare --mount --pid --fork "$here/enter-root.sh" "$cache/root" "$work" "$criu=/criu" "$1=/images" -- \
  /usr/bin/python3 /criu/crit-images.py /images
