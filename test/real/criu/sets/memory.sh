# shellcheck shell=bash disable=SC2034,SC2154
start "${own_all[@]}"
all=$images
export CLEAN_PAGES
CLEAN_PAGES=$(cat "$box/clean")

# What runtimes call a pre-checkpoint: memory only, and later a dump of what was written since.
images=$all/first
mkdir "$images"
LD_PRELOAD=/preload/soft-dirty.so criu pre-dump --tree "$first" --images-dir "$images" --track-mem \
  --force-irmap --irmap-scan-path /etc --log-file /tmp/dump.log -v4 || fail "$(grep -F 'Error (' /tmp/dump.log)"
kill -USR1 "$first"
while [ -e "$box/ready" ]; do sleep 0.05; done
images=$all/second
mkdir "$images"
LD_PRELOAD=/preload/soft-dirty.so dump --track-mem --prev-images-dir ../first

# Pages that stay with the process until somebody asks for them. CRIU says so in status, and would serve them.
images=$all/lazy
mkdir "$images"
mkfifo /tmp/status
dump --lazy-pages --address 127.0.0.1 --port 2000 --status-fd 3 3>/tmp/status &
read -r -n 1 -d '' _ </tmp/status
kill $!
