import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Context, ExtractFilesRequest } from '@kubectl-checkpoint/core/actions'
import type { ByteSource } from '@kubectl-checkpoint/core/bytes'
import { memoryCatalogue } from '@kubectl-checkpoint/test-support'

/** For archives on this machine. */
export const offline: Context = {
  connect: () => Promise.reject(new Error('nothing here needs a cluster')),
  clock: { now: () => 0, sleep: async () => {} },
  settings: () => Promise.reject(new Error('nothing here needs a node')),
  catalogue: memoryCatalogue(),
  registry: { env: {}, homeDirectory: '/nonexistent' },
  cacheFolder: '/nothing here needs a cache',
}

export const options = { signal: new AbortController().signal }

/** An empty folder, and a way to write archives beside it. */
export interface Desk extends AsyncDisposable {
  readonly folder: string
  write(source: ByteSource): Promise<string>
}

export async function openDesk(): Promise<Desk> {
  const root = await mkdtemp(join(tmpdir(), 'files-test-'))
  return {
    folder: join(root, 'out'),
    async write(source) {
      const path = join(root, 'archive.tar')
      await writeFile(path, await source.read(0, source.size))
      return path
    },
    [Symbol.asyncDispose]: () => rm(root, { recursive: true }),
  }
}

/** Everything, without any flag. */
export const extraction = (archive: string, to: string): ExtractFilesRequest => ({
  archive,
  paths: [],
  to,
  overwrite: false,
  devices: false,
  samePermissions: false,
  sameOwner: false,
})
