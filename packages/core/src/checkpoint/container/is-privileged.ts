import type { JsonObject } from '../engines/index.ts'

/** Of those that no engine gives by default, some that only privileged containers have together. */
const telling = ['CAP_SYS_ADMIN', 'CAP_SYS_MODULE', 'CAP_SYS_RAWIO', 'CAP_SYS_PTRACE', 'CAP_NET_ADMIN']

/**
 * Whether the specification is that of a privileged container. Nothing in it says so: engines give such one all
 * capabilities and all devices, and neither mask paths of /proc nor filter system calls.
 */
export function isPrivileged(spec: JsonObject): boolean {
  const linux = spec.object('linux')
  const bounding = spec.object('process').object('capabilities').texts('bounding')
  return (
    telling.every((capability) => bounding.includes(capability)) &&
    linux.texts('maskedPaths').length === 0 &&
    linux.object('seccomp').text('defaultAction') === undefined &&
    linux.object('resources').objects('devices').some(allowsAll)
  )
}

const allowsAll = (rule: JsonObject): boolean =>
  rule.boolean('allow') &&
  (rule.text('type') ?? 'a') === 'a' &&
  (rule.integer('major') ?? -1) === -1 &&
  (rule.integer('minor') ?? -1) === -1
