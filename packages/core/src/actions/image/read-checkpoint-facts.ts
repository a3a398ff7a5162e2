import type { ReadOptions } from '../../bytes/index.ts'
import type { Archive, ArchivedContainer } from '../../checkpoint/archive/index.ts'
import { coreImage, readImage } from '../../formats/criu/index.ts'
import type { CheckpointFacts } from '../../formats/oci/index.ts'

/** What an image says of its checkpoint, but for what only a look at its processes tells. */
export function describeCheckpoint(
  { id, name, image, imageRef, runtime, checkpointedAt, pod, namespace }: ArchivedContainer,
  engine: Archive['engine'],
): Omit<CheckpointFacts, 'machine'> {
  return {
    container: name,
    containerId: id,
    ...(engine && { engine: engine.name }),
    ...(pod !== undefined && { pod }),
    ...(namespace !== undefined && { namespace }),
    ...(image !== undefined && { imageName: image }),
    ...(imageRef !== undefined && { imageRef }),
    ...(runtime !== undefined && { runtime }),
    ...(checkpointedAt && { takenAt: checkpointedAt }),
  }
}

const isCore = (name: string): boolean => /^core-\d+$/.test(name)

/** The architectures of all threads, as `uname -m` names them: one, unless the archive was tampered with. */
export async function readMachines(archive: Archive, options: ReadOptions): Promise<ReadonlySet<string>> {
  await archive.prefetchImages(isCore, options)
  const machines = new Set<string>()
  for (const { name } of archive.images) {
    if (!isCore(name)) continue
    machines.add((await readImage(coreImage, archive.image(name), options)).architecture)
  }
  return machines
}
