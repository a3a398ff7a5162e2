import { z } from 'zod'
import { address, byteCount, list } from './parts.ts'

export const seccompFilter = z.object({
  instructions: z.int().describe('The length of its program.'),
  flags: list(z.string()).optional().describe('SECCOMP_FILTER_FLAG_LOG …'),
})

export const thread = z.object({
  tid: z.int(),
  comm: z.string().optional().describe('Its own name, which programs set.'),
  uid: z.int().optional().describe('Where it differs from that of the process.'),
  gid: z.int().optional(),
  capabilities: list(z.string())
    .optional()
    .describe('Effective ones, where they differ from those of the process.'),
  seccomp: z.enum(['disabled', 'strict', 'filter']).optional(),
  seccompFilters: list(seccompFilter)
    .optional()
    .describe('Its own, where the threads of the process have different ones.'),
  pendingSignals: list(z.string()).optional(),
  blockedSignals: list(z.string()).optional(),
  scheduler: z.string().optional().describe('Other than `other`, with its priority.'),
  registers: z
    .record(z.string(), z.string())
    .optional()
    .describe('Names of registers and their values in hexadecimal.'),
})

export const capabilities = z
  .object({
    effective: list(z.string()),
    permitted: list(z.string()),
    inheritable: list(z.string()),
    bounding: list(z.string()),
    ambient: list(z.string()),
  })
  .describe('Names as in an OCI specification: CAP_NET_RAW. A number stands for one without a name.')

export const openFile = z.object({
  fd: z.int(),
  type: z
    .string()
    .describe(
      'file, directory, device, pipe, fifo, socket, eventfd, epoll, signalfd, inotify, timerfd, memfd, tty …',
    ),
  path: z
    .string()
    .describe('What /proc/PID/fd shows: a path, `pipe:[INODE]`, `socket:[INODE]`, `anon_inode:[eventpoll]`.'),
  deleted: z.boolean(),
  access: z.enum(['r', 'w', 'rw']).optional(),
  flags: list(z.string()).optional().describe('O_APPEND, O_CLOEXEC …'),
  position: z.int().optional(),
  sizeBytes: byteCount.optional().describe('Of a file, if CRIU wrote it down.'),
  queuedBytes: byteCount.optional().describe('Bytes that wait in a pipe, FIFO or terminal to be read.'),
  details: z
    .record(z.string(), z.unknown())
    .optional()
    .describe(
      "What is particular to its type: an eventfd's counter, the targets of an epoll, the path of an inotify watch.",
    ),
})

export const fileLock = z.object({
  fd: z.int().describe('A descriptor of the file that is locked.'),
  kind: z
    .enum(['posix', 'flock', 'open-file', 'lease', 'unknown'])
    .describe('A posix lock is of the process, all others are of the open file.'),
  access: z.enum(['read', 'write', 'none']),
  start: byteCount.describe('The first byte that is locked.'),
  lengthBytes: byteCount.optional().describe('Absent for all bytes from there on.'),
})

export const socket = z.object({
  fd: z.int(),
  inode: z.int().optional(),
  protocol: z.string().describe('tcp, tcp6, udp, udp6, raw, unix, netlink, packet …'),
  type: z.string().optional().describe('stream, dgram, seqpacket, raw.'),
  state: z.string().optional().describe('LISTEN, ESTABLISHED …'),
  local: z.string().optional().describe('ADDRESS:PORT.'),
  remote: z.string().optional().describe('ADDRESS:PORT.'),
  path: z.string().optional().describe('Of a UNIX socket; abstract ones begin with @.'),
  peerInode: z.int().optional().describe('The other end of a connected UNIX socket.'),
  receiveQueueBytes: byteCount.optional(),
  sendQueueBytes: byteCount.optional(),
  options: z.record(z.string(), z.unknown()).optional(),
})

export const mapping = z.object({
  start: address,
  end: address,
  permissions: z.string().describe('As in /proc/PID/maps: r-xp.'),
  offset: z.string().optional().describe('Into the file, in hexadecimal; of mapped files alone.'),
  path: z
    .string()
    .optional()
    .describe(
      'A file, or [heap], [stack], [vdso] …; absent for anonymous memory, and for a file that could not be read, which still has an offset.',
    ),
  deleted: z.boolean().optional(),
  presentBytes: byteCount.describe('Of its bytes, those that the archive holds.'),
  parentBytes: byteCount.optional().describe('Those in an earlier checkpoint.'),
  lazyBytes: byteCount.optional().describe('Those that stayed on the source.'),
})

export const memory = z.object({
  mappedBytes: byteCount,
  presentBytes: byteCount,
  sharedBytes: byteCount
    .optional()
    .describe('Of these, those in memory shared with others, which the archive holds once.'),
  parentBytes: byteCount.optional(),
  lazyBytes: byteCount.optional(),
  mappings: list(mapping).optional(),
})

export const limit = z.object({ name: z.string(), soft: z.string(), hard: z.string() })

export const process = z.object({
  pid: z.int().describe('As seen inside the container.'),
  ppid: z.int().describe("0 for the container's first process, and for those that something outside put in."),
  pgid: z.int().optional(),
  sid: z.int().optional(),
  comm: z.string(),
  exe: z.string().optional(),
  exeDeleted: z.boolean().optional(),
  args: list(z.string())
    .optional()
    .describe(
      'As the process has left them. Absent for zombies, and where the archive does not hold that memory.',
    ),
  env: list(z.string())
    .optional()
    .describe('NAME=VALUE, as at the start of the program, or as it has left them.'),
  cwd: z.string().optional(),
  root: z.string().optional(),
  umask: z.string().optional().describe('In octal.'),
  uid: z.int().optional(),
  gid: z.int().optional(),
  euid: z.int().optional().describe('Where it differs.'),
  egid: z.int().optional(),
  groups: list(z.int()).optional(),
  state: z.enum(['running', 'stopped', 'zombie', 'unknown']),
  exitCode: z
    .int()
    .optional()
    .describe('Of a zombie; if a signal ended it, 128 and its number, as shells have it.'),
  architecture: z.string().optional(),
  capabilities: capabilities.optional(),
  noNewPrivileges: z.boolean().optional(),
  seccomp: z.enum(['disabled', 'strict', 'filter']).optional(),
  seccompFilters: list(seccompFilter).optional().describe('As they were added.'),
  securityLabel: z.string().optional().describe('Of SELinux or AppArmor.'),
  cgroup: z.string().optional(),
  pendingSignals: list(z.string()).optional().describe('That wait for any of its threads.'),
  limits: list(limit).optional(),
  timers: list(z.string()).optional(),
  threads: list(thread),
  files: list(openFile).optional(),
  locks: list(fileLock).optional().describe('Of files; absent where there are none.'),
  sockets: list(socket).optional(),
  memory: memory.optional(),
})
