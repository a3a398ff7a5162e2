import { CheckpointError } from '../../errors.ts'
import type { FileLayer } from './file-layer.ts'

/** The layers that `read` makes of an entry of the archive, or a note that it can't be read: the others can. */
export async function readPart(
  origin: FileLayer['origin'],
  entry: string,
  read: () => Promise<readonly FileLayer[]>,
): Promise<readonly FileLayer[]> {
  try {
    return await read()
  } catch (error) {
    // OUT_OF_RANGE would be a mistake of ours.
    if (!(error instanceof CheckpointError)) throw error
    return [{ origin, mountPoint: { parts: [] }, entry, files: [], unreadable: [{ entry, error }] }]
  }
}
