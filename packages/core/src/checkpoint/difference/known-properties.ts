import type { ProcessDocument } from '../../documents/index.ts'
import type { IsLost } from './lost-parts.ts'

type Property = keyof ProcessDocument

/** What comes from a process's core image, without which its state isn't known either. */
const ofCore: readonly Property[] = [
  ...(['comm', 'state', 'exitCode', 'uid', 'gid', 'euid', 'egid', 'groups', 'capabilities'] as const),
  ...(['noNewPrivileges', 'seccomp', 'securityLabel', 'architecture', 'cgroup'] as const),
  ...(['pendingSignals', 'limits', 'timers'] as const),
]

/** What each running process has, so that it is unknown where it is absent. */
const ofEach: readonly Property[] = ['exe', 'args', 'cwd', 'root', 'umask', 'cgroup', 'memory']

/** Which properties two processes can be compared by: what one archive lost is no difference. */
export function knownProperties(
  a: ProcessDocument,
  b: ProcessDocument,
  isLost: IsLost,
): (property: string) => boolean {
  const unknown = new Set<string>([
    ...(a.state === 'unknown' || b.state === 'unknown' ? ofCore : []),
    ...ofEach.filter((property) => a[property] === undefined || b[property] === undefined),
    ...(a.exe === undefined || b.exe === undefined || isLost(/^remap-fpath\.img$/) ? ['exeDeleted'] : []),
    // Some of it is in shared memory, which descriptors and mappings lead to.
    ...(isLost(/^(files|memfd|remap-fpath|ipcns-shm-\d+|pagemap-.*)\.img$/) ? ['memory'] : []),
    ...(isLost(/^filelocks\.img$/) ? ['locks'] : []),
  ])
  return (property) => !unknown.has(property)
}
