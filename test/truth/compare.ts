import type {
  Inspection,
  MappingDocument,
  OpenFileDocument,
  ProcessDocument,
  SocketDocument,
} from '@kubectl-checkpoint/core/documents'
import type { Truth, TruthMapping, TruthProcess, TruthSocket } from './truth.ts'

// What both sides are brought to, where an archive can't say it in `/proc`'s words. Each difference has its reason.

/** Linux's numbers of capabilities, as in its uapi/linux/capability.h. */
const capabilityNumbers: Readonly<Record<string, bigint>> = Object.fromEntries(
  `CHOWN DAC_OVERRIDE DAC_READ_SEARCH FOWNER FSETID KILL SETGID SETUID SETPCAP LINUX_IMMUTABLE NET_BIND_SERVICE
  NET_BROADCAST NET_ADMIN NET_RAW IPC_LOCK IPC_OWNER SYS_MODULE SYS_RAWIO SYS_CHROOT SYS_PTRACE SYS_PACCT SYS_ADMIN
  SYS_BOOT SYS_NICE SYS_RESOURCE SYS_TIME SYS_TTY_CONFIG MKNOD LEASE AUDIT_WRITE AUDIT_CONTROL SETFCAP MAC_OVERRIDE
  MAC_ADMIN SYSLOG WAKE_ALARM BLOCK_SUSPEND AUDIT_READ PERFMON BPF CHECKPOINT_RESTORE`
    .split(/\s+/)
    .map((name, number) => [`CAP_${name}`, BigInt(number)]),
)

const withSuffix = (path: string, deleted: boolean | undefined): string =>
  deleted ? `${path} (deleted)` : path

/** A zombie's IDs are in `/proc`, but not in an archive. */
export const toldProcess = (process: ProcessDocument) => ({
  pid: process.pid,
  ppid: process.ppid,
  comm: process.comm,
  threads: process.threads.length,
  args: process.args ?? [],
  env: process.env ?? [],
  cwd: process.cwd ?? '',
  exe: withSuffix(process.exe ?? '', process.exeDeleted),
  ...(process.state !== 'zombie' && {
    uid: String(process.uid),
    capEff: hexOfCapabilities(process.capabilities?.effective ?? []),
  }),
})

export const trueProcess = (process: TruthProcess) => {
  const { pid, ppid, comm, threads, args, env, cwd, exe, uid, capEff, state } = process
  return { pid, ppid, comm, threads, args, env, cwd, exe, ...(state !== 'Z' && { uid, capEff }) }
}

const hexOfCapabilities = (names: readonly string[]): string =>
  names
    .reduce((set, name) => set | (1n << (capabilityNumbers[name] ?? 63n)), 0n)
    .toString(16)
    .padStart(16, '0')

/** Only the truth of image sets tells more. */
export const toldMore = ({ pgid, sid, state, threads }: ProcessDocument) => ({
  pgid,
  sid,
  state,
  threadNames: threads.map(({ comm }) => comm),
})

export const trueMore = ({ pgid, sid, state, threadNames }: TruthProcess) => ({
  pgid,
  sid,
  state: state === 'Z' ? 'zombie' : state === 'T' ? 'stopped' : 'running',
  threadNames: state === 'Z' ? [undefined] : threadNames,
})

export const toldLink = ({ fd, path, deleted }: OpenFileDocument) => ({
  fd,
  target: withSuffix(path, deleted),
})

/**
 * CRIU numbers namespaces anew and keeps no inode of theirs, nor of packet sockets. Of a file that was opened outside of
 * the container's mounts, and left to whoever restores, it has no path but a key.
 */
export const trueLink = (
  { fd, target }: { readonly fd: number; readonly target: string },
  told: OpenFileDocument | undefined,
) => {
  const isExternal = /^file\[[0-9a-f]+:[0-9a-f]+\]$/.test(told?.path ?? '')
  const isPacketSocket = told?.path === 'socket:[?]' && target.startsWith('socket:[')
  if (told && (isExternal || isPacketSocket)) return { fd, target: told.path }
  return { fd, target: target.replace(/^(net|mnt|pid|uts|ipc|user|cgroup|time):\[\d+\]$/, '$1:[?]') }
}

export const toldMapping = ({ start, end, permissions, path, deleted }: MappingDocument) =>
  `${start}-${end} ${permissions} ${withSuffix(path ?? '', deleted)}`

/** CRIU takes `[vvar]` and `[vvar_vclock]` behind it, which Linux has told apart since 6.13, for one. */
export const trueMappings = (maps: readonly TruthMapping[]): readonly string[] =>
  maps
    .map((mapping, index) => {
      const next = maps[index + 1]
      return next?.path === '[vvar_vclock]' ? { ...mapping, end: next.end } : mapping
    })
    .filter(({ path }) => path !== '[vvar_vclock]')
    .map(({ start, end, perms, path }) => `${withoutZeros(start)}-${withoutZeros(end)} ${perms} ${path}`)

const withoutZeros = (address: string): string => `0x${BigInt(address).toString(16)}`

/** Without those that `/proc/net` leaves out: neither bound nor connected, and bound without listening. */
export const toldSockets = (inspection: Inspection): readonly string[] => {
  const sockets = inspection.processes.flatMap((process) => process.sockets ?? []).filter(isInNet)
  return [...new Set(sockets.map(showSocket))].sort()
}

const isInNet = ({ protocol, state, local }: SocketDocument): boolean => {
  if (protocol === 'unix') return true
  const isTold = /^(tcp|udp|udplite|raw)6?$/.test(protocol)
  return isTold && state !== 'CLOSE' && !(state === 'UNCONNECTED' && local?.endsWith(':0'))
}

const showSocket = ({ protocol, inode, path = '', state, local, remote }: SocketDocument): string =>
  protocol === 'unix'
    ? `unix ${inode} ${path} ${state === 'ESTABLISHED' ? '03' : '01'}`
    : `${protocol} ${inode} ${local} ${remote} ${state}`

/** Without those that no process has: connections that are over, and others' ends of UNIX sockets. */
export const trueSockets = ({ sockets, processes }: Truth): readonly string[] => {
  const open = new Set(processes.flatMap(({ fds }) => fds.map(({ target }) => target)))
  return sockets
    .filter(({ inode }) => open.has(`socket:[${inode}]`))
    .map(showTrueSocket)
    .sort()
}

const showTrueSocket = (socket: TruthSocket): string =>
  'local' in socket
    ? `${socket.proto} ${socket.inode} ${socket.local} ${socket.remote} ${socket.state}`
    : `unix ${socket.inode} ${socket.path} ${socket.state}`
