import { deepEqual, ok, rejects } from 'node:assert/strict'
import { openLocalFile } from '@kubectl-checkpoint/core/bytes'
import { openArchive } from '@kubectl-checkpoint/core/checkpoint/archive'
import { readAddressSpace } from '@kubectl-checkpoint/core/checkpoint/process'
import { fixture, fixtureJson } from '@kubectl-checkpoint/test-support'

/** Where planted strings stood in the memory of each process. */
interface Truth {
  readonly processes: readonly {
    readonly pid: number
    readonly hits: Readonly<Record<string, readonly { readonly address: string; readonly perms: string }[]>>
  }[]
}

describe('readAddressSpace', () => {
  for (const name of ['containerd-miner', 'containerd-svc', 'crio-miner', 'podman-counter'] as const) {
    it(`holds the planted strings of ${name} where /proc saw them, and nothing of files and shared memory`, async () => {
      const truth = fixtureJson<Truth>(`truth/${name}.json`)
      await using file = await openLocalFile(fixture(name))
      const archive = await openArchive(file)
      for (const { pid, hits } of truth.processes) {
        const space = await readAddressSpace(archive, pid)
        for (const [text, places] of Object.entries(hits)) {
          ok(places.length > 0)
          for (const { address, perms } of places) {
            const start = BigInt(address)
            deepEqual(
              await space.read(start, text.length),
              perms === 'rw-p'
                ? [{ kind: 'bytes', address: start, bytes: new TextEncoder().encode(text) }]
                : [{ kind: 'not-dumped', address: start, byteLength: text.length }],
            )
          }
        }
      }
    })
  }
  it('refuses a process that is not there', async () => {
    await using file = await openLocalFile(fixture('crio-miner'))
    await rejects(readAddressSpace(await openArchive(file), 99), { code: 'ENTRY_MISSING' })
  })
})
