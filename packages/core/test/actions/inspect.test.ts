import { deepEqual, equal, ok, rejects } from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { type FixtureName, fixture, fixtureJson } from '@kubectl-checkpoint/test-support'
import { checkpointFolder } from '@kubectl-checkpoint/test-support/stand-in'
import { type Context, inspect } from '../../src/actions/index.ts'
import { finish, openWorkbench, type Workbench } from './support/workbench.ts'

const name = 'checkpoint-miner-a_shop-cache-2026-11-23T12:00:00Z.tar'

describe('inspect', () => {
  describe('of a local file', () => {
    const offline: Context = {
      connect: () => Promise.reject(new Error('nothing here needs a cluster')),
      clock: { now: () => 0, sleep: async () => {} },
      reader: { image: 'busybox', deadlineSeconds: 600 },
      registry: { env: {}, homeDirectory: '/nonexistent' },
      cacheFolder: '/nothing here needs a cache',
    }
    const look = async (archive: string, signal = new AbortController().signal) => {
      const { events, result } = await finish(inspect({ archive }, offline, { signal }))
      deepEqual(events, [])
      return result
    }

    for (const [archive, engine] of [
      ['containerd-miner', 'containerd'],
      ['crio-miner', 'cri-o'],
      ['podman-counter', 'podman'],
    ] as const satisfies readonly [FixtureName, string][]) {
      it(`tells the processes of ${archive} as /proc told them, and connects to nothing`, async () => {
        const path = fixture(archive)
        const inspection = await look(path)
        equal(inspection.engine, engine)
        equal(inspection.archive.label, path)
        equal(inspection.archive.size, readFileSync(path).length)
        const truth = fixtureJson<{ processes: { pid: number; comm: string; args: string[] }[] }>(
          `truth/${archive}.json`,
        )
        deepEqual(
          inspection.processes.map(({ pid, comm, args }) => ({ pid, comm, args })),
          truth.processes.map(({ pid, comm, args }) => ({ pid, comm, args })),
        )
      })
    }

    it('is plain data', async () => {
      const inspection = await look(fixture('containerd-miner'))
      deepEqual(JSON.parse(JSON.stringify(inspection)), inspection)
    })

    it('costs less than 20 reads and 1 MiB, of a 22 MB archive too', async () => {
      for (const archive of ['containerd-miner', 'containerd-svc'] as const) {
        const { reads, bytesRead } = (await look(fixture(archive))).archive
        ok(reads < 20 && bytesRead < 1024 * 1024, `${archive}: ${reads} reads, ${bytesRead} bytes`)
      }
    })

    it('says FILE_NOT_FOUND of what looks like a file and is not there', async () => {
      await rejects(look('/no/such/archive.tar'), { code: 'FILE_NOT_FOUND' })
    })

    it('throws the reason of an abort', async () => {
      const reason = new Error('stop')
      const looking = look(fixture('containerd-miner'), AbortSignal.abort(reason))
      await rejects(looking, (error) => error === reason)
    })
  })

  describe('of an archive on a node', () => {
    let bench: Workbench
    beforeEach(async () => {
      bench = await openWorkbench()
      bench.standIn.disks['node-a'].write(
        `${checkpointFolder}/${name}`,
        readFileSync(fixture('containerd-miner')),
      )
    })
    afterEach(() => bench[Symbol.asyncDispose]())

    const run = (archive: string, container?: string) =>
      inspect({ archive, ...(container !== undefined && { container }) }, bench.context, {
        signal: bench.cancel.signal,
      })

    it('reads no more of it than of a local one, and removes its reader', async () => {
      const { result } = await finish(run(`node-a:${name}`))
      equal(result.archive.label, `node-a:${name}`)
      ok(result.archive.reads < 20 && result.archive.bytesRead < 1024 * 1024)
      deepEqual(
        result.processes.map(({ comm }) => comm),
        ['kinsing', 'kdevtmpfsi'],
      )
      equal(result.container.name, 'cache')
      deepEqual(bench.leftPods(), [])
    })

    it('finds the newest of a container', async () => {
      bench.clock.advance(60_000)
      const newest = name.replace('12:00', '12:01')
      bench.standIn.disks['node-a'].write(
        `${checkpointFolder}/${newest}`,
        readFileSync(fixture('containerd-volumes')),
      )
      for (const [target, container] of [['miner-a/cache'], ['miner-a'], ['miner-a', 'cache']] as const) {
        const { archive } = await run(target ?? '', container).result
        equal(archive.label, `node-a:${newest}`)
      }
    })

    it('says SEVERAL_ARCHIVES of a target with several containers', async () => {
      for (const [node, pod] of [
        ['node-a', '7k2fq'],
        ['node-b', 'x9c4m'],
      ] as const) {
        const file = `checkpoint-web-6d4b75cb6d-${pod}_shop-app-2026-11-23T12:00:00Z.tar`
        bench.standIn.disks[node].write(`${checkpointFolder}/${file}`, Buffer.from('never read'))
      }
      await rejects(run('deploy/web').result, { code: 'SEVERAL_ARCHIVES' })
      deepEqual(bench.leftPods(), [])
    })

    it('says NO_ARCHIVE where there is none', async () => {
      await rejects(run('svc').result, { code: 'NO_ARCHIVE' })
    })

    it('says NODE_FILE_NOT_FOUND of a name that is not there', async () => {
      await rejects(run('node-a:none.tar').result, { code: 'NODE_FILE_NOT_FOUND' })
      deepEqual(bench.leftPods(), [])
    })

    it('says ARCHIVE_REFERENCE_INVALID of what leads out of its folder, and asks nobody', async () => {
      await rejects(run('node-a:/var/../etc/shadow').result, { code: 'ARCHIVE_REFERENCE_INVALID' })
      deepEqual(bench.standIn.requests, [])
    })

    it('throws the reason of an abort while it reads, and removes its reader', async () => {
      const reason = new Error('stop')
      bench.standIn.faults.duringRange = () => bench.cancel.abort(reason)
      await rejects(run(`node-a:${name}`).result, (error) => error === reason)
      deepEqual(bench.leftPods(), [])
    })
  })
})
