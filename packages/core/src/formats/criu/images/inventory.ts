import { imageTypes } from '../image-types.ts'
import { imageOfOne } from '../read-image.ts'
import { buildObjectIds, type ObjectIds } from './object-ids.ts'

/** What CRIU says of the dump as a whole. Its own version isn't among it. */
export interface Inventory {
  /** 1 and 2 are known; CRIU raises it when older readers would misunderstand. */
  readonly imageVersion: number
  readonly securityModule: 'none' | 'selinux' | 'apparmor' | 'unknown'
  /** CRIU's own: a task that shares one of these shares it with the host. */
  readonly hostIds?: ObjectIds
  /** When the host had been up for so long; only with tracking of changed memory. */
  readonly uptimeMicroseconds?: bigint
  /** Connections were closed, though the processes have them open. */
  readonly tcpClosed: boolean
  /** Plugins that restoring needs. */
  readonly plugins: readonly string[]
  /** The ID of this run of CRIU. */
  readonly runId?: string
}

const securityModules = ['none', 'selinux', 'apparmor'] as const

/** `inventory.img` */
export const inventoryImage = imageOfOne(
  imageTypes.INVENTORY,
  (entry): Inventory => ({
    imageVersion: entry.img_version,
    // CRIU before it knew the modules says nothing, and dumped without one.
    securityModule: securityModules[entry.lsmtype ?? 0] ?? 'unknown',
    ...(entry.root_ids && { hostIds: buildObjectIds(entry.root_ids) }),
    ...(entry.dump_uptime !== undefined && { uptimeMicroseconds: entry.dump_uptime }),
    tcpClosed: entry.tcp_close ?? false,
    plugins: entry.plugins_entry?.plugins ?? [],
    ...(entry.dump_criu_run_id !== undefined && { runId: entry.dump_criu_run_id }),
  }),
)
