import { CheckpointError } from '../../errors.ts'
import type { NodeFile, NodeFolder } from '../../remote/node-files/index.ts'

/** Whether a file ends as archives do; true of what can't be one. @throws what reading nodes throws. */
export type HasEnd = (folder: NodeFolder, file: NodeFile, signal: AbortSignal) => Promise<boolean>

/** Two blocks of zeros, which the runtimes write last. */
const endLength = 1024

export const hasEnd: HasEnd = async (folder, { name, size }, signal) => {
  if (size < endLength) return true
  try {
    const source = await folder.open(name, signal)
    const end = await source.read(source.size - endLength, endLength, { signal })
    return end.every((byte) => byte === 0)
  } catch (error) {
    if (!(error instanceof CheckpointError)) throw error
    if (error.code === 'CHANGED') return false
    if (error.code === 'NODE_FILE_NOT_FOUND') return true
    throw error
  }
}
