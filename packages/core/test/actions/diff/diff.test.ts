import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { openLocalFile } from '@kubectl-checkpoint/core/bytes'
import { readTarIndex } from '@kubectl-checkpoint/core/formats/tar'
import { fixture } from '@kubectl-checkpoint/test-support'
import { checkpointFolder } from '@kubectl-checkpoint/test-support/stand-in'
import { type DiffRequest, diff } from '../../../src/actions/index.ts'
import { offline } from '../support/offline.ts'
import { openWorkbench, type Workbench } from '../support/workbench.ts'

const { signal } = new AbortController()
const compare = (a: string, b: string, more: Partial<DiffRequest> = {}) =>
  diff({ a, b, ...more }, offline, { signal }).result
const [miner, sameMiner, svc] = [
  fixture('containerd-miner'),
  fixture('crio-miner'),
  fixture('containerd-svc'),
]

describe('diff', () => {
  it('finds an archive equal to itself, with all its contents', async () => {
    const { equal, sameContainer, contents, compared, unreadable } = await compare(svc, svc)
    assert.deepEqual(
      { equal, sameContainer, contents, unreadable },
      { equal: true, sameContainer: true, contents: true, unreadable: [] },
    )
    assert.equal(compared.length, 10)
  })

  it('finds no differences in what is damaged, image by image', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'diff-'))
    const path = join(folder, 'damaged.tar')
    await using file = await openLocalFile(svc)
    const { entries } = await readTarIndex(file)
    const whole = readFileSync(svc)
    const parts = entries.filter(
      ({ name, type }) =>
        type === 'file' && /\.img$|^rootfs-diff\.tar$/.test(name) && !name.includes('pages-'),
    )
    for (const { name, offset, size } of parts) {
      await writeFile(path, Buffer.from(whole).fill(0xff, offset + 12, offset + size))
      for (const [a, b] of [
        [svc, path],
        [path, svc],
      ] as const) {
        const {
          apiVersion,
          kind,
          a: _a,
          b: _b,
          compared,
          unreadable,
          contents,
          ...differences
        } = await compare(a, b, {
          contents: false,
        })
        assert.deepEqual(
          [name, Object.entries(differences).filter(([, list]) => Array.isArray(list) && list.length > 0)],
          [name, []],
        )
      }
    }
    await rm(folder, { recursive: true })
  })

  it('matches the processes of one image that two engines ran', async () => {
    const { sameContainer, processes, container } = await compare(miner, sameMiner)
    assert.equal(sameContainer, false)
    assert.deepEqual(
      processes.map(({ a, b, matchedBy }) => [a?.pid, b?.pid, b?.comm, matchedBy]),
      [
        [1, 1, 'kinsing', 'place'],
        [7, 6, 'kdevtmpfsi', 'place'],
      ],
    )
    assert.ok(container.some(({ name, a, b }) => name === 'engine' && a === 'containerd' && b === 'cri-o'))
  })

  it('sees in their memory what differs, and what does not', async () => {
    const { processes } = await compare(miner, sameMiner, { aspects: new Set(['memory']) })
    const [first] = processes
    assert.deepEqual(first?.env, [])
    // 2 MiB of data that both filled alike, wherever the kernel put them.
    assert.ok((first?.memory?.equalPages ?? 0) >= 512, JSON.stringify(first?.memory))
    assert.deepEqual(first?.mappings, [])
    assert.ok(first?.memory?.mappings.some(({ path }) => path === '[stack]'))
  })

  it('compares no pages on demand', async () => {
    const { processes, contents } = await compare(miner, sameMiner, { contents: false })
    assert.equal(contents, false)
    assert.deepEqual(
      processes.map(({ memory }) => memory),
      [undefined, undefined],
    )
  })

  it('names variables and files that one has', async () => {
    const { processes, files } = await compare(miner, sameMiner, { aspects: new Set(['env', 'files']) })
    assert.ok(
      processes[0]?.env.some(({ name, a, b }) => name === 'HOSTNAME' && a === 'miner-a' && b === 'miner-c'),
    )
    assert.ok(files.some(({ path, b }) => path === '/etc/mtab' && b?.linkTarget === '/proc/mounts'))
  })

  it('throws what opening an archive throws', async () => {
    await assert.rejects(compare(miner, './missing.tar'), { code: 'FILE_NOT_FOUND' })
  })

  describe('of an archive on a node', () => {
    const name = 'checkpoint-miner-a_shop-cache-2026-11-23T12:00:00Z.tar'
    let bench: Workbench

    beforeEach(async () => {
      bench = await openWorkbench()
      bench.standIn.disks['node-a'].write(`${checkpointFolder}/${name}`, readFileSync(miner))
    })
    afterEach(() => bench[Symbol.asyncDispose]())

    const compareThere = (more: Partial<DiffRequest> = {}) =>
      diff({ a: miner, b: `node-a:${name}`, ...more }, bench.context, { signal: bench.cancel.signal }).result

    it('reads contents only if it is asked to, or for memory by name', async () => {
      const { equal, contents, b } = await compareThere()
      assert.deepEqual([equal, contents, b.archive.label], [true, false, `node-a:${name}`])
      assert.equal((await compareThere({ contents: true })).contents, true)
      assert.equal((await compareThere({ aspects: new Set(['memory']) })).contents, true)
    })
  })
})
