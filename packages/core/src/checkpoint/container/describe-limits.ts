import type { ResourceLimitsDocument } from '../../documents/index.ts'
import type { JsonObject } from '../engines/index.ts'

/** A limit in bytes or numbers; engines write 0 or a negative number for none. */
function limit<Key extends string>(key: Key, value: number | undefined): { [key in Key]?: number } {
  return value !== undefined && value > 0 ? ({ [key]: value } as { [key in Key]: number }) : {}
}

/** The limits of an OCI specification. */
export function describeLimits(spec: JsonObject): ResourceLimitsDocument {
  const process = spec.object('process')
  const resources = spec.object('linux').object('resources')
  const memory = resources.object('memory')
  const cpu = resources.object('cpu')
  const quota = cpu.integer('quota') ?? 0
  const period = cpu.integer('period') ?? 0
  const cpuSet = cpu.text('cpus')
  const memoryNodes = cpu.text('mems')
  const oomScoreAdjustment = process.integer('oomScoreAdj')
  const hugePages = resources.objects('hugepageLimits').flatMap((one) => {
    const pageSize = one.text('pageSize')
    const bytes = one.integer('limit') ?? 0
    return pageSize !== undefined && bytes > 0 ? [{ pageSize, bytes }] : []
  })
  const processLimits = process.objects('rlimits').map((one) => ({
    name: one.text('type') ?? 'unknown',
    soft: describeProcessLimit(one, 'soft'),
    hard: describeProcessLimit(one, 'hard'),
  }))
  return {
    ...limit('memoryBytes', memory.integer('limit')),
    ...limit('memoryReservationBytes', memory.integer('reservation')),
    ...limit('memoryAndSwapBytes', memory.integer('swap')),
    ...limit('cpus', period > 0 ? quota / period : 0),
    ...limit('cpuShares', cpu.integer('shares')),
    ...(cpuSet === undefined ? {} : { cpuSet }),
    ...(memoryNodes === undefined ? {} : { memoryNodes }),
    ...limit('pids', resources.object('pids').integer('limit')),
    ...(hugePages.length > 0 ? { hugePages } : {}),
    ...(oomScoreAdjustment === undefined ? {} : { oomScoreAdjustment }),
    ...(processLimits.length > 0 ? { processLimits } : {}),
  }
}

/** The kernel's word for no limit is the greatest number of 64 bits, which JSON doesn't give exactly. */
const describeProcessLimit = (limit: JsonObject, key: 'soft' | 'hard'): string =>
  String(limit.integer(key) ?? 'unlimited')
