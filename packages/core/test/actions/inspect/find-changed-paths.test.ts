import { deepEqual, equal, ok } from 'node:assert/strict'
import { countingSource, openLocalFile } from '@kubectl-checkpoint/core/bytes'
import { openArchive, type UnreadablePart } from '@kubectl-checkpoint/core/checkpoint/archive'
import { fixture } from '@kubectl-checkpoint/test-support'
import { findChangedPaths } from '../../../src/actions/inspect/find-changed-paths.ts'

describe('findChangedPaths', () => {
  const find = async (rootfsDiff: number | undefined, isLocal: boolean) => {
    await using file = await openLocalFile(fixture('containerd-miner'))
    const origin = countingSource(file)
    const archive = await openArchive(origin)
    const sizes = { ...archive.sizes, ...(rootfsDiff !== undefined && { rootfsDiff }) }
    const unreadable: UnreadablePart[] = []
    const opened = {
      ...archive,
      sizes,
      origin,
      isLocal,
      isUnpacked: false,
      [Symbol.asyncDispose]: async () => {},
    }
    return { paths: await findChangedPaths(opened, (part) => unreadable.push(part), {}), unreadable }
  }

  it('finds what was added or modified, also of a compressed difference', async () => {
    const { paths, unreadable } = await find(undefined, false)
    ok(paths?.has('/tmp/work.log'))
    deepEqual(unreadable, [])
  })
  it('reports one that is too large for a summary, sooner where reading takes round trips', async () => {
    const { paths, unreadable } = await find(2 ** 21, false)
    equal(paths, undefined)
    deepEqual(
      unreadable.map(({ entry, code }) => [entry, code]),
      [['rootfs-diff.tar', 'DIFFERENCE_TOO_LARGE']],
    )
    ok((await find(2 ** 21, true)).paths)
    equal((await find(2 ** 27, true)).paths, undefined)
  })
})
