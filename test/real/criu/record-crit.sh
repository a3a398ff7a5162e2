#!/usr/bin/env bash
# Records what CRIT makes of every image in test/fixtures, into test/fixtures/crit. Needs root, and the cache of
# test/real/cluster.
set -euo pipefail
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
fixtures=$here/../../fixtures
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

# record NAME : of the images in $work/NAME.
record() {
  "$here/crit-images.sh" "$work/$1" | zstd --quiet --force --ultra -22 -o "$fixtures/crit/$1.json.zst"
}

rm -rf "$fixtures/crit"
mkdir "$fixtures/crit"
for archive in "$fixtures"/archives/*.tar.zst "$fixtures"/images/*.tar.zst; do
  name=$(basename "$archive" .tar.zst)
  mkdir "$work/$name"
  case $archive in
    */images/*) tar --extract --zstd --file "$archive" --directory "$work/$name" ;;
    *) tar --extract --zstd --file "$archive" --directory "$work/$name" --wildcards --exclude 'pages-*' \
      '*.img' stats-dump ;;
  esac
  record "$name"
done
