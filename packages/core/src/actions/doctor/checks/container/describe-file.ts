import type { ContainerSight, OpenFileSight } from '../../../../remote/node-probe/index.ts'
import { describeProcess } from './criu-refusal.ts'

/** `PID 4711 (redis-server), descriptor 6: /tmp/dump (deleted)` */
export const describeFile = (sight: ContainerSight, { pid, descriptor, target }: OpenFileSight): string =>
  `${describeProcess(sight, pid)}, descriptor ${descriptor}: ${target}`
