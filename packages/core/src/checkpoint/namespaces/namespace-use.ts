import { type NamespaceName, objectIdsImage, pstreeImage } from '../../formats/criu/index.ts'
import type { ImageReader } from './image-reader.ts'

/** The namespaces of one type, by the numbers in the names of their images. */
export interface NamespaceUse {
  /** That of the first process; absent where the archive doesn't say. */
  readonly first?: number
  /** Others, and the processes in each. */
  readonly nested: ReadonlyMap<number, readonly number[]>
}

/** Which processes are in which namespaces. Reads `pstree.img` and each process's `ids-PID.img`. */
export async function readNamespaceUse(images: ImageReader): Promise<(name: NamespaceName) => NamespaceUse> {
  const processes = (await images.read('pstree', pstreeImage)) ?? []
  const used: { readonly pid: number; readonly namespaces: { readonly [Name in NamespaceName]?: number } }[] =
    []
  for (const { pid } of processes) {
    const ids = await images.read(`ids-${pid}`, objectIdsImage)
    if (ids) used.push({ pid, namespaces: ids.namespaces })
  }
  return (name) => {
    const first = used[0]?.namespaces[name]
    const nested = new Map<number, number[]>()
    for (const { pid, namespaces } of used) {
      const id = namespaces[name]
      if (id === undefined || id === first) continue
      const pids = nested.get(id)
      if (pids) pids.push(pid)
      else nested.set(id, [pid])
    }
    return { ...(first === undefined ? {} : { first }), nested }
  }
}
