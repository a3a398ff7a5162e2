import { randomUUID } from 'node:crypto'
import { mkdir, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

/** An empty folder of this machine for the suite around the call, removed with what is in it afterwards. */
export function useFolder(): string {
  const folder = join(tmpdir(), `kubectl-checkpoint-${randomUUID()}`)
  before('makes a folder', async () => {
    await mkdir(folder)
  })
  after('removes the folder', () => rm(folder, { recursive: true }))
  return folder
}
