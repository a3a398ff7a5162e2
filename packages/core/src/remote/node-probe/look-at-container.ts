import { type Inquiry, longestSection, type Sections } from './inquiry.ts'

/** What of a container's processes can be seen from its node that CRIU may decline. PIDs are those of the node. */
export interface ContainerSight {
  /** None: nothing of the container runs. */
  readonly processes: readonly ProcessSight[]
  readonly files: readonly OpenFileSight[]
  /** Of all its network namespaces; not all need be of its own processes. */
  readonly tcpSockets: readonly TcpSocketSight[]
  /** Mappings of devices, of huge pages, and of tracers. */
  readonly mappings: readonly MappingSight[]
  readonly locks: readonly LockSight[]
  /** Whether this is all: there is more than is told of a container with thousands of open files. */
  readonly isComplete: boolean
}

interface ProcessSight {
  readonly pid: number
  readonly parentPid: number
  readonly name: string
  /** A letter of the kernel's: `S` sleeps, `T` is stopped by a signal. */
  readonly state: string
  /** 0: nobody traces it. */
  readonly tracerPid: number
  /** By kind, such as `net`: what it is in. */
  readonly namespaces: ReadonlyMap<string, string>
}

export interface OpenFileSight {
  readonly pid: number
  readonly descriptor: number
  /** As the kernel names it: a path, `socket:[123]`, `anon_inode:[io_uring]`, `/tmp/x (deleted)`. */
  readonly target: string
  readonly kind: 'character-device' | 'block-device' | 'other'
  /** Of a device. */
  readonly major: number
  readonly minor: number
  /** What it takes on its disk. */
  readonly allocatedBytes: number
  readonly links: number
}

export interface TcpSocketSight {
  /** `127.0.0.1:37578`, `[fd00::5]:5432`. */
  readonly local: string
  readonly remote: string
  readonly state: 'connected' | 'listening'
  /** Of clients that a listening socket has not accepted yet. */
  readonly waiting: number
  /** Undefined: no process has it open. */
  readonly inode: string | undefined
}

interface MappingSight {
  readonly pid: number
  readonly path: string
}

interface LockSight {
  readonly pid: number
  readonly descriptor: number
  /** `FLOCK  ADVISORY  WRITE`, … */
  readonly text: string
}

/**
 * A process is of the container if its cgroup has the container's ID in its name, whoever brought it there. One program
 * a process and question, not one a descriptor: there may be thousands.
 */
const script = `
proc=$2 id=$3
pids=
for entry in "$proc"/[0-9]*; do
  grep -q "$id" "$entry/cgroup" 2>/dev/null && pids="$pids \${entry##*/}"
done
each() { for pid in $pids; do "$1" "$proc/$pid" 2>/dev/null | sed "s|^|$pid |"; done; }

status() { sed -n -E 's/^(Name|State|PPid|TracerPid):[[:space:]]*(.*)$/\\1 \\2/p' "$1/status"; }
spaces() { ls -l "$1/ns" | sed -n -E 's/^.* ([a-z]+) -> ([a-z]+:\\[[0-9]+\\])$/\\1 \\2/p'; }
links() { ls -l "$1/fd" | sed -n -E 's/^.* ([0-9]+) -> (.*)$/\\1 \\2/p'; }
stats() { stat -L -c '%n %f %t %T %b %h' "$1"/fd/* | sed -n -E 's|^.*/fd/([0-9]+ [0-9a-f ]+)$|\\1|p'; }
maps() { sed -n -E 's;^([^ ]+ +){4}[0-9]+ +(/dev/.*|/anon_hugepage.*|\\[uprobes\\])$;\\2;p' "$1/maps" | sort -u; }
locks() { grep -H '^lock:' "$1"/fdinfo/* | sed -n -E 's|^.*/fdinfo/([0-9]+):lock:[[:space:]]*[0-9]+: *(.*)$|\\1 \\2|p'; }
tcp() {
  cat "$1/net/tcp" "$1/net/tcp6" | sed -n -E \\
    's/^ *[0-9]+: ([0-9A-F]+:[0-9A-F]+) ([0-9A-F]+:[0-9A-F]+) ([0-9A-F]+) [0-9A-F]+:([0-9A-F]+) [^ ]+ [^ ]+ +[0-9]+ +[0-9]+ ([0-9]+) .*$/\\1 \\2 \\3 \\4 \\5/p' |
    grep -v -E '^[^ ]+ [^ ]+ (07|0A 0+) '
}

each status | section status
each spaces | section namespaces
each links | section links
each stats | section stats
each maps | section mappings
each locks | section locks
seen=
for pid in $pids; do
  net=$(readlink "$proc/$pid/ns/net")
  case $seen in *"$net"*) continue ;; esac
  seen="$seen $net"
  tcp "$proc/$pid" 2>/dev/null
done | section tcp
`

/** What the node shows of a container. @param id As its runtime names it, in hexadecimal. */
export const lookAtContainer = (id: string): Inquiry<ContainerSight> => ({
  script,
  args: [id],
  parse: parseContainerSight,
})

function parseContainerSight(sections: Sections): ContainerSight {
  const lines = (name: string): string[] => (sections.get(name) ?? '').split('\n').filter(Boolean)
  return {
    processes: parseProcesses(lines('status'), lines('namespaces')),
    files: parseFiles(lines('links'), lines('stats')),
    tcpSockets: lines('tcp').flatMap((line) => parseTcpSocket(line) ?? []),
    mappings: lines('mappings').flatMap((line) => {
      const [, pid, path] = /^(\d{1,9}) (.+)$/.exec(line) ?? []
      return path === undefined ? [] : [{ pid: Number(pid), path }]
    }),
    locks: lines('locks').flatMap((line) => {
      const [, pid, descriptor, text] = /^(\d{1,9}) (\d{1,9}) (.+)$/.exec(line) ?? []
      return text === undefined ? [] : [{ pid: Number(pid), descriptor: Number(descriptor), text }]
    }),
    isComplete: [...sections.values()].every((text) => Buffer.byteLength(text) < longestSection),
  }
}

function parseProcesses(status: readonly string[], namespaces: readonly string[]): ProcessSight[] {
  const properties = Map.groupBy(words(status), ({ pid }) => pid)
  const kinds = Map.groupBy(words(namespaces), ({ pid }) => pid)
  return Array.from(properties, ([pid, known]) => {
    const property = (wanted: string) => known.find(({ name }) => name === wanted)?.value ?? ''
    return {
      pid,
      parentPid: Number(property('PPid')),
      name: property('Name'),
      state: property('State').slice(0, 1),
      tracerPid: Number(property('TracerPid')),
      namespaces: new Map(kinds.get(pid)?.map(({ name, value }) => [name, value])),
    }
  })
}

/** `PID NAME VALUE` */
const words = (lines: readonly string[]) =>
  lines.flatMap((line) => {
    const [, pid, name, value] = /^(\d{1,9}) (\w+) (.*)$/.exec(line) ?? []
    return name === undefined || value === undefined ? [] : [{ pid: Number(pid), name, value }]
  })

const fileTypes: Readonly<Record<number, OpenFileSight['kind']>> = {
  8192: 'character-device',
  24576: 'block-device',
}

function parseFiles(links: readonly string[], stats: readonly string[]): OpenFileSight[] {
  const statsOf = new Map(
    stats.flatMap((line) => {
      const [, file, mode, major, minor, blocks, linkCount] =
        /^(\d{1,9} \d{1,9}) ([0-9a-f]{1,8}) ([0-9a-f]{1,8}) ([0-9a-f]{1,8}) (\d{1,15}) (\d{1,9})$/.exec(
          line,
        ) ?? []
      if (file === undefined) return []
      return [
        [
          file,
          {
            kind: fileTypes[Number.parseInt(mode ?? '', 16) & 0xf000] ?? 'other',
            major: Number.parseInt(major ?? '', 16),
            minor: Number.parseInt(minor ?? '', 16),
            allocatedBytes: Number(blocks) * 512,
            links: Number(linkCount),
          },
        ] as const,
      ]
    }),
  )
  return links.flatMap((line) => {
    const [, pid, descriptor, target] = /^(\d{1,9}) (\d{1,9}) (.*)$/.exec(line) ?? []
    const stat = statsOf.get(`${pid} ${descriptor}`)
    return target === undefined || stat === undefined
      ? []
      : [{ pid: Number(pid), descriptor: Number(descriptor), target, ...stat }]
  })
}

const listening = '0A'

/** `LOCAL REMOTE STATE QUEUE INODE` of `/proc/PID/net/tcp`: a listening socket's queue is of clients. */
function parseTcpSocket(line: string): TcpSocketSight | undefined {
  const [, local, remote, state, queue, inode] =
    /^([0-9A-F]+:[0-9A-F]{4}) ([0-9A-F]+:[0-9A-F]{4}) ([0-9A-F]{2}) ([0-9A-F]{8}) (\d{1,15})$/.exec(line) ??
    []
  if (local === undefined || remote === undefined) return undefined
  return {
    local: parseEndpoint(local),
    remote: parseEndpoint(remote),
    state: state === listening ? 'listening' : 'connected',
    waiting: state === listening ? Number.parseInt(queue ?? '', 16) : 0,
    inode: inode === '0' ? undefined : inode,
  }
}

/** `0100007F:1F90` is 127.0.0.1:8080: words of 32 bits in the byte order of the node, taken for little-endian. */
function parseEndpoint(text: string): string {
  const [address = '', port = ''] = text.split(':')
  const bytes = [...Buffer.from(address, 'hex')]
  const ordered = bytes.map((_, index) => bytes[(index & ~3) + 3 - (index & 3)] ?? 0)
  const number = Number.parseInt(port, 16)
  const mapped = /^(?:00){10}ffff/.test(Buffer.from(ordered).toString('hex'))
  if (ordered.length === 4 || mapped) return `${ordered.slice(-4).join('.')}:${number}`
  const groups = Array.from({ length: ordered.length / 2 }, (_, index) =>
    (((ordered[2 * index] ?? 0) << 8) | (ordered[2 * index + 1] ?? 0)).toString(16),
  )
  return `[${groups
    .join(':')
    .replace(/\b(?:0:)+0\b/, ':')
    .replace(/:{3,}/, '::')}]:${number}`
}
