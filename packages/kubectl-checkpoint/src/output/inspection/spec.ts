import type { SpecDocument } from '@kubectl-checkpoint/core/documents'
import { shellWord } from '@kubectl-checkpoint/core/shell-word'
import { fields } from '../fields.ts'
import { bytes } from '../units.ts'
import type { SectionView } from './section-view.ts'

/** How the container was to be run; with `-o wide` also what the engine wrote for itself. */
export const specSection: SectionView = {
  title: 'Specification',
  toText({ spec }, { headers, wide, width }) {
    if (!spec) return headers ? 'none\n' : ''
    return fields(
      [
        ['Host name', spec.hostname],
        ['Command', spec.args.map(shellWord).join(' ')],
        ['Working folder', spec.cwd],
        ['User', spec.user && userOf(spec.user)],
        ['Terminal', yes(spec.terminal)],
        ['Root filesystem', spec.rootfs],
        ['Read-only root', yes(spec.readonlyRootfs)],
        ['Privileged', yes(spec.privileged)],
        ['No new privileges', yes(spec.noNewPrivileges)],
        ['Capabilities', spec.capabilities.join(' ') || 'none'],
        ['Seccomp', spec.seccomp ? 'a profile is set' : 'no profile'],
        ['Security label', spec.securityLabel],
        ['Namespaces', spec.namespaces.map(({ type, path }) => (path ? `${type}=${path}` : type)).join(' ')],
        ['User IDs', ...(spec.userMapping?.uidMap ?? [])],
        ['Group IDs', ...(spec.userMapping?.gidMap ?? [])],
        ['Exposed ports', spec.exposedPorts && (spec.exposedPorts.join(' ') || 'none declared')],
        ['Limits', ...limitLines(spec.limits)],
        ['Control group', spec.cgroupPath],
        ['Mounts', ...spec.mounts.map(mountLine)],
        ['Devices', ...spec.devices],
        ['Environment', ...spec.env],
        ['Kernel settings', ...entriesOf(spec.sysctl)],
        ['Labels', ...entriesOf(spec.labels)],
        ['Annotations', ...entriesOf(spec.annotations)],
        ...(wide
          ? ([
              ['Masked paths', ...spec.maskedPaths],
              ['Read-only paths', ...spec.readonlyPaths],
              ['Bind mounts', ...(spec.bindMounts ?? []).map((mount) => JSON.stringify(mount))],
              ['Status', ...entriesOf(spec.status)],
              ['Network', spec.network && JSON.stringify(spec.network)],
              ['Configuration', ...entriesOf(spec.config)],
            ] as const)
          : []),
      ],
      wide ? undefined : width,
    )
  },
}

const yes = (value: boolean): string => (value ? 'yes' : 'no')

function userOf({ uid, gid, additionalGids }: NonNullable<SpecDocument['user']>): string {
  const groups = additionalGids.length > 0 ? `, groups ${additionalGids.join(',')}` : ''
  return `${uid}:${gid}${groups}`
}

function mountLine({ destination, type, source, options }: SpecDocument['mounts'][number]): string {
  return [destination, type, source, options.join(',')].filter((part) => part).join('  ')
}

const entriesOf = (record: Readonly<Record<string, unknown>> = {}): readonly string[] =>
  Object.entries(record).map(
    ([name, value]) => `${name}=${typeof value === 'string' ? value : JSON.stringify(value)}`,
  )

function limitLines(limits: SpecDocument['limits']): readonly string[] {
  const size = (count: number | undefined) => (count === undefined ? undefined : bytes(count))
  const named: readonly (readonly [string, string | number | undefined])[] = [
    ['memory', size(limits.memoryBytes)],
    ['memory reservation', size(limits.memoryReservationBytes)],
    ['memory and swap', size(limits.memoryAndSwapBytes)],
    ['CPUs', limits.cpus],
    ['CPU shares', limits.cpuShares],
    ['CPU set', limits.cpuSet],
    ['memory nodes', limits.memoryNodes],
    ['processes', limits.pids],
    ...(limits.hugePages ?? []).map(
      ({ pageSize, bytes: count }) => [`huge pages of ${pageSize}`, size(count)] as const,
    ),
    ['score when out of memory', limits.oomScoreAdjustment],
    ...(limits.processLimits ?? []).map(
      ({ name, soft, hard }) => [name, `${soft}, at most ${hard}`] as const,
    ),
  ]
  return named.filter(([, value]) => value !== undefined).map(([name, value]) => `${name} ${value}`)
}
