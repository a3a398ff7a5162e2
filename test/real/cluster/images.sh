# shellcheck shell=bash
# The images of sandboxes and workloads, assembled from files of the machines' root, and their way into the registry.

build_images() {
  mkdir -p "$cache/images"
  build_image pause '{"Entrypoint": ["/pause"]}'
  build_image app '{"Cmd": ["/bin/app", "8080"], "Env": ["PATH=/bin"]}'
  build_image svc '{"Cmd": ["python3", "-u", "/svc.py"], "Env": ["PATH=/usr/bin:/bin"]}'
  build_image redis '{"Cmd": ["redis-server", "--save", "", "--bind", "0.0.0.0", "--protected-mode", "no"], "Env": ["PATH=/usr/bin:/bin"]}'
}

# build_image NAME CONFIG : runs fill_NAME on an empty folder and packs it as an image of one layer.
build_image() {
  local name=$1 folder layer
  folder=$(mktemp --directory)
  mkdir "$folder"/{files,image}
  chmod 755 "$folder/files"
  (
    cd "$folder/files"
    "fill_$name"
  )
  tar -C "$folder/files" --sort=name --mtime=@0 --owner=0 --group=0 --numeric-owner -cf "$folder/image/layer.tar" .
  layer=$(sha256sum <"$folder/image/layer.tar")
  cat >"$folder/image/config.json" <<JSON
{"architecture": "$(chroot "$cache/root" dpkg --print-architecture)", "os": "linux", "config": $2,
 "rootfs": {"type": "layers", "diff_ids": ["sha256:${layer%% *}"]}}
JSON
  cat >"$folder/image/manifest.json" <<JSON
[{"Config": "config.json", "Layers": ["layer.tar"], "RepoTags": ["localhost:5000/$name:1"]}]
JSON
  tar -C "$folder/image" -cf "$cache/images/$name.tar" manifest.json config.json layer.tar
  rm -rf "$folder"
}

fill_pause() { cp "$cache/workloads/pause" .; }

# Also the reader image: busybox has the commands that a reader pod needs.
fill_app() {
  fill_base
  cp "$cache/workloads/app" bin/
}

fill_svc() {
  fill_base
  local python
  python=$(chroot "$cache/root" readlink -f /usr/bin/python3)
  copy_program "$python"
  ln -s "$python" usr/bin/python3
  # Its C extensions find their libraries only here.
  mapfile -t extensions < <(chroot "$cache/root" find "/usr/lib/${python##*/}/lib-dynload" -name '*.so')
  copy_program "${extensions[@]}"
  chroot "$cache/root" tar -c "/usr/lib/${python##*/}" | tar -x
  cp "$here/workloads/svc.py" .
}

fill_redis() {
  fill_base
  copy_program /usr/bin/redis-server /usr/bin/redis-cli
}

fill_base() {
  local command
  mkdir -p bin etc data
  mkdir -m 1777 tmp
  cp "$cache/root/usr/bin/busybox" bin/
  chroot "$cache/root" busybox --list | while read -r command; do
    [ "$command" = busybox ] || ln -s busybox "bin/$command"
  done
  echo 'root:x:0:0:root:/:/bin/sh' >etc/passwd
}

# copy_program FILE… : files of the root, and the libraries they load.
copy_program() {
  local file
  {
    printf '%s\n' "$@"
    for file; do chroot "$cache/root" ldd "$file" | sed -n 's|^[^/]*\(/[^ ]*\) (.*|\1|p'; done
  } | sort -u | chroot "$cache/root" tar --dereference --files-from=- -c | tar -x
}

# push_images : into the registry of a running control-plane.
push_images() {
  local image
  for image in "$cache"/images/*.tar; do
    image=$(basename "$image" .tar)
    in_machine control-plane skopeo copy --quiet --insecure-policy --dest-tls-verify=false \
      "docker-archive:/opt/images/$image.tar" "docker://localhost:5000/$image:1"
  done
}
