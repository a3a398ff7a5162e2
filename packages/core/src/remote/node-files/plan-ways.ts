import type { Compression } from '../../bytes/index.ts'
import type { TransferWay } from './file-stream.ts'

/** What the node is to compress with: nothing, this, or what is measured to be the fastest. */
export type Compress = 'auto' | 'none' | Compression

/** The ways a file may come, those that need the least first. */
export function planWays(compress: Compress, compressors: readonly Compression[]): TransferWay[] {
  const compressions = compress === 'auto' ? (['none', ...compressors] as const) : [compress]
  return ([1, 2] as const).flatMap((connections) =>
    compressions.map((compression) => ({ compression, connections })),
  )
}
