import type { Inquiry, Sections } from './inquiry.ts'

/** What can be seen of a node from within, of what checkpoints depend on. */
export interface NodeSight {
  /** Seconds since 1970. */
  readonly now: number
  readonly cgroupVersion: 1 | 2
  /** Whether the kernel was built to have its processes dumped: CONFIG_CHECKPOINT_RESTORE. */
  readonly kernelDumps: boolean
  /** Undefined: no process of the container runtime was found. */
  readonly runtime: RuntimeSight | undefined
  /** Lines of CRIU's own configuration files. */
  readonly criuOptions: readonly FileLine[]
  /** Undefined: the folder isn't there. */
  readonly archives: ArchiveFolderSight | undefined
}

export interface RuntimeSight {
  readonly pid: number
  /** Where it looks for programs; undefined if its environment could not be read. */
  readonly searchPath: readonly string[] | undefined
  /** Undefined: there is none in its search path. */
  readonly criu: CriuSight | undefined
  /** Lines of its configuration that are about checkpoints; later ones count. */
  readonly settings: readonly FileLine[]
}

export interface CriuSight {
  readonly path: string
  /** What `criu --version` says, be it an error. */
  readonly says: string
}

/** A line of a file of the node. */
export interface FileLine {
  readonly path: string
  readonly line: number
  readonly text: string
}

export interface ArchiveFolderSight {
  readonly freeBytes: number
  readonly totalBytes: number
  /** How many archives there are, and their sizes together. */
  readonly count: number
  readonly sizeBytes: number
}

export interface NodeSightRequest {
  /** Absolute, on the node. */
  readonly archiveFolder: string
  /** The name of the container runtime's process: `containerd`, `crio`. */
  readonly runtime: string
  /** Where it listens, as far as known: of several processes of one name, it is that of the kubelet. */
  readonly socket: string | undefined
}

/**
 * The runtime is found by its socket, if the kubelet names it, else by its name. Its PATH counts, not that of the node's
 * users; programs are run in the node's own root, and links in paths are followed as there.
 */
const script = `
root=$1 proc=$2 folder=$3 runtime=$4 socket=$5

# Sets "real" to where a path of the node leads; links are not to lead into this container.
resolve() {
  real= rest=$1/ hops=0
  while [ -n "$rest" ]; do
    part=\${rest%%/*} rest=\${rest#*/}
    case $part in '' | .) continue ;; ..) real=\${real%/*}; continue ;; esac
    if [ -L "$root$real/$part" ] && [ "$hops" -lt 40 ]; then
      link=$(readlink "$root$real/$part") hops=$((hops + 1))
      case $link in /*) real= ;; esac
      rest=$link/$rest
    else
      real=$real/$part
    fi
  done
}

# Lines of files of the node that match: PATH:LINE:TEXT.
lines() {
  pattern=$1
  shift
  for file; do
    resolve "$file"
    [ -f "$root$real" ] && grep -n -E "$pattern" "$root$real" | while IFS= read -r line; do echo "$file:$line"; done
  done
}

# The process that listens at the socket, or else has the name.
find_runtime() {
  inode=
  if [ -n "$socket" ]; then
    while read -r _ _ _ flags _ _ number path; do
      [ "$flags" = 00010000 ] && [ "\${path#/var}" = "\${socket#/var}" ] && inode=$number
    done <"$proc/1/net/unix"
  fi
  named=
  for entry in "$proc"/[0-9]*; do
    read -r name 2>/dev/null <"$entry/comm" || continue
    case $name in containerd | crio | k3s* | k0s* | rke2*) ;; *) continue ;; esac
    if [ -n "$inode" ] && ls -l "$entry/fd" 2>/dev/null | grep -q "socket:\\[$inode\\]"; then
      process=$entry
      return
    fi
    [ "$name" = "$runtime" ] && named=\${named:-$entry}
  done
  process=$named
}

date +%s | section now
if [ -e "$root/sys/fs/cgroup/cgroup.controllers" ]; then echo 2; else echo 1; fi | section cgroup
if [ -e "$proc/sys/kernel/ns_last_pid" ]; then echo yes; else echo no; fi | section kernel-dumps

resolve "$folder"
if [ -d "$root$real" ]; then
  stat -f -c '%a %b %S' "$root$real" | section disk
  find "$root$real" -maxdepth 1 -type f -name 'checkpoint-*.tar' -exec stat -c %s {} + 2>/dev/null | {
    count=0 total=0
    while read -r size; do count=$((count + 1)) total=$((total + size)); done
    echo "$count $total"
  } | section archives
fi

lines '^[[:space:]]*[^#[:space:]]' /etc/criu/default.conf /etc/criu/runc.conf /etc/criu/crun.conf | section criu-options

find_runtime
if [ -n "$process" ]; then
  echo "\${process##*/}" | section runtime
  search=$(tr '\\0' '\\n' <"$process/environ" | sed -n 's/^PATH=//p')
  echo "$search" | section path
  IFS=:
  for place in $search; do
    resolve "$place/criu"
    if [ -e "$root$real" ]; then
      echo "$place/criu" | section criu
      chroot "$root" "$place/criu" --version 2>&1 | section criu-says
      break
    fi
  done
  unset IFS
  config=$(tr '\\0' '\\n' <"$process/cmdline" | sed -n -E '/^(-c|--config)$/{n;p;};s/^(-c|--config)=//p' | head -n 1)
  if [ "$runtime" = crio ]; then
    set -- "\${config:-/etc/crio/crio.conf}"
    for file in "$root"/etc/crio/crio.conf.d/*; do set -- "$@" "\${file#"$root"}"; done
  else
    config=\${config:-/etc/containerd/config.toml}
    set -- "$config"
    resolve "$config"
    imports=$(sed -n -E 's/^[[:space:]]*imports[[:space:]]*=[[:space:]]*\\[(.*)\\].*/\\1/p' "$root$real" 2>/dev/null | tr -d "\\"'" | tr , ' ')
    for glob in $imports; do
      case $glob in /*) ;; *) glob=\${config%/*}/$glob ;; esac
      for file in "$root"$glob; do set -- "$@" "\${file#"$root"}"; done
    done
  fi
  settings='enable_criu|enable_experimental_restore_via_create|enable_criu_support|container_level_enabled'
  lines "^[[:space:]]*($settings)[[:space:]]*=" "$@" | section settings
fi
`

/** What a node shows of itself. */
export const lookAtNode = ({ archiveFolder, runtime, socket }: NodeSightRequest): Inquiry<NodeSight> => ({
  script,
  args: [archiveFolder, runtime, socket ?? ''],
  parse: parseNodeSight,
})

function parseNodeSight(sections: Sections): NodeSight {
  const text = (name: string): string => (sections.get(name) ?? '').trim()
  return {
    now: count(text('now')),
    cgroupVersion: text('cgroup') === '2' ? 2 : 1,
    kernelDumps: text('kernel-dumps') === 'yes',
    runtime: sections.has('runtime')
      ? {
          pid: count(text('runtime')),
          searchPath: text('path') === '' ? undefined : text('path').split(':'),
          criu: sections.has('criu') ? { path: text('criu'), says: text('criu-says') } : undefined,
          settings: parseLines(text('settings')),
        }
      : undefined,
    criuOptions: parseLines(text('criu-options')),
    archives: sections.has('disk') ? parseArchiveFolder(text('disk'), text('archives')) : undefined,
  }
}

function parseArchiveFolder(disk: string, archives: string): ArchiveFolderSight {
  const [freeBlocks, blocks, blockSize = 0] = disk.split(' ').map(count)
  const [files = 0, sizeBytes = 0] = archives.split(' ').map(count)
  return {
    freeBytes: (freeBlocks ?? 0) * blockSize,
    totalBytes: (blocks ?? 0) * blockSize,
    count: files,
    sizeBytes,
  }
}

/** What isn't a number counts as nothing. */
const count = (word: string): number => (/^\d{1,18}$/.test(word) ? Number(word) : 0)

const parseLines = (text: string): FileLine[] =>
  text.split('\n').flatMap((entry) => {
    const [, path, line, content] = /^(\/[^:]*):(\d{1,7}):(.*)$/.exec(entry) ?? []
    return path === undefined || content === undefined
      ? []
      : [{ path, line: Number(line), text: content.trim() }]
  })
