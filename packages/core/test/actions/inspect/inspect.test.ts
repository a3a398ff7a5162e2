import { deepEqual, equal, ok, rejects } from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { cp, mkdtemp, readdir, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fixture, fixturePath, imageSet } from '@kubectl-checkpoint/test-support'
import { checkpointFolder } from '@kubectl-checkpoint/test-support/stand-in'
import { inspect } from '../../../src/actions/index.ts'
import type { InspectRequest } from '../../../src/actions/inspect/inspect.ts'
import type { Section } from '../../../src/documents/index.ts'
import { pstree_entry } from '../../../src/formats/criu/messages/process.ts'
import { configDump, metadataEntries } from '../../checkpoint/craft-metadata.ts'
import { craftImage, craftMessage } from '../../formats/criu/craft-image.ts'
import { offline } from '../support/offline.ts'
import { finish, openWorkbench, type Workbench } from '../support/workbench.ts'

const name = 'checkpoint-miner-a_shop-cache-2026-11-23T12:00:00Z.tar'
const summary: ReadonlySet<Section> = new Set()

const craftTree = (pids: readonly number[]) =>
  craftImage(
    0x50273030,
    pids.map((pid) => craftMessage(pstree_entry, { pid, ppid: pid - 1, threads: [pid] })),
  )

describe('inspect', () => {
  describe('of a local file', () => {
    const signal = new AbortController().signal
    const lookAt = async (archives: readonly string[], more: Partial<InspectRequest> = {}) =>
      (await finish(inspect({ archives, sections: summary, ...more }, offline, { signal }))).result
    const look = async (archive: string, more: Partial<InspectRequest> = {}) => {
      const { inspections, failures } = await lookAt([archive], more)
      deepEqual(failures, [])
      const [inspection] = inspections
      ok(inspection)
      return inspection
    }

    it('says what the archive is, and connects to nothing', async () => {
      const path = fixture('containerd-miner')
      const { archive, container, criu, sizes } = await look(path)
      equal(archive.label, path)
      equal(archive.size, readFileSync(path).length)
      equal(archive.kind, 'checkpoint')
      deepEqual(criu, { imageVersion: 2, securityModule: 'none', architecture: 'x86_64' })
      equal(container?.engine, 'containerd')
      equal(container?.name, 'cache')
      ok(sizes.memoryBytes > 4_000_000 && sizes.imageBytes > 0)
    })

    it('tells of a folder of images without a container', async () => {
      const { archive, container, processes, unreadable } = await look(imageSet('processes'))
      equal(archive.kind, 'images')
      equal(container, undefined)
      equal(processes.length, 17)
      deepEqual(unreadable, [])
    })

    it('leaves out the sections that were not asked for', async () => {
      const path = fixture('containerd-svc')
      const all = await look(path, { sections: 'all' })
      const sections = ['mounts', 'namespaces', 'cgroups', 'spec', 'log', 'stats'] as const
      deepEqual(
        sections.filter((section) => all[section] === undefined),
        [],
      )
      const [process] = all.processes
      ok(process?.env && process.files && process.sockets && process.memory && process.threads[0]?.registers)

      const brief = await look(path)
      deepEqual(
        sections.filter((section) => brief[section] !== undefined),
        [],
      )
      const { env, files, locks, sockets, memory, threads, ...rest } = process
      deepEqual(brief.processes[0], { ...rest, threads: threads.map(({ tid }) => ({ tid })) })
      deepEqual(brief.findings, all.findings)

      const some = await look(path, { sections: new Set<Section>(['env', 'stats']) })
      deepEqual(some.processes[0]?.env, env)
      deepEqual(some.stats, all.stats)
      equal(some.processes[0]?.files ?? some.processes[0]?.sockets ?? some.log, undefined)
    })

    it('tells of the processes that were asked for, and what is odd about them or the container', async () => {
      const path = fixture('containerd-miner')
      const all = await look(path)
      const one = await look(path, { pids: [7] })
      deepEqual(
        one.processes.map(({ pid }) => pid),
        [7],
      )
      deepEqual(
        one.findings,
        all.findings.filter(({ pids }) => pids.length === 0 || pids.includes(7)),
      )
      ok(one.findings.length > 0)
    })

    it('says NO_SUCH_PROCESS of PIDs that an archive lacks, and which it has', async () => {
      const path = fixture('containerd-miner')
      await rejects(look(path, { pids: [98, 99, 98] }), {
        code: 'NO_SUCH_PROCESS',
        message: `${path} has no process 98, 99`,
        hint: 'It has 1, 7.',
      })
      const many = await mkdtemp(join(tmpdir(), 'inspect-test-'))
      try {
        await cp(imageSet('processes'), many, { recursive: true, verbatimSymlinks: true })
        const pids = Array.from({ length: 30 }, (_, index) => index + 1)
        await writeFile(join(many, 'pstree.img'), craftTree(pids))
        const hint = 'See which there are with `inspect --processes`.'
        await rejects(look(many, { pids: [99] }), { code: 'NO_SUCH_PROCESS', hint })
        await writeFile(join(many, 'pstree.img'), craftTree([]))
        await rejects(look(many, { pids: [1] }), {
          code: 'NO_SUCH_PROCESS',
          hint: /^It tells of no processes/,
        })
      } finally {
        await rm(many, { recursive: true })
      }
    })

    it('tells of the processes that an archive has, though it lacks others', async () => {
      const [miner, counter] = [fixture('containerd-miner'), fixture('podman-counter')]
      const { inspections, failures } = await lookAt([miner, counter], { pids: [1, 7] })
      deepEqual(
        inspections.map(({ processes }) => processes.map(({ pid }) => pid)),
        [[1, 7], [1]],
      )
      deepEqual(
        failures.map(({ item, error }) => [item, error.code, error.message]),
        [[counter, 'NO_SUCH_PROCESS', `${counter} has no process 7`]],
      )
      const none = await lookAt([miner, counter], { pids: [7] })
      deepEqual([none.inspections.length, none.failures.length], [1, 1])
    })

    it('tells of several archives, though one of them is none', async () => {
      const paths = [fixture('crio-miner'), imageSet('memory'), fixture('podman-counter')]
      const { inspections, failures } = await lookAt(paths)
      deepEqual(
        inspections.map(({ container }) => container?.engine),
        ['cri-o', 'podman'],
      )
      deepEqual(
        failures.map(({ item, error }) => [item, error.code]),
        [[paths[1], 'NOT_A_CHECKPOINT']],
      )
    })

    it('says how an archive is compressed', async () => {
      const cacheFolder = await mkdtemp(join(tmpdir(), 'inspect-test-'))
      try {
        const request = {
          archives: [fixturePath('archives-compressed/podman-counter.tar.gz')],
          sections: summary,
        }
        const { inspections } = (await finish(inspect(request, { ...offline, cacheFolder }, { signal })))
          .result
        equal(inspections[0]?.archive.compression, 'gzip')
        equal((await look(fixture('podman-counter'))).archive.compression, undefined)
      } finally {
        await rm(cacheFolder, { recursive: true })
      }
    })

    it('lists images that CRIU 4.2 does not know, and reports what is broken', async () => {
      const folder = await mkdtemp(join(tmpdir(), 'inspect-test-'))
      try {
        await cp(imageSet('sockets'), folder, { recursive: true, verbatimSymlinks: true })
        await writeFile(join(folder, 'new-7.img'), Buffer.from('\x01\x02\x03\x04 and more'))
        await writeFile(join(folder, 'short.img'), Buffer.from('x'))
        await writeFile(join(folder, 'inventory.img'), Buffer.from('\x16\x31\x31\x58\x09\0\0\0', 'latin1'))
        const { unknownImages, unreadable, criu, processes } = await look(folder)
        deepEqual(unknownImages, [
          { name: 'new-7', magic: '0x04030201', sizeBytes: 13 },
          { name: 'short', magic: '', sizeBytes: 1 },
        ])
        deepEqual(
          unreadable.map(({ entry, code }) => [entry, code]),
          [['inventory.img', 'IMAGE_TRUNCATED']],
        )
        equal(criu, undefined)
        equal(processes.length, 1)
      } finally {
        await rm(folder, { recursive: true })
      }
    })

    it('reports once what several parts of it had to read', async () => {
      const folder = await mkdtemp(join(tmpdir(), 'inspect-test-'))
      try {
        await cp(imageSet('sockets'), folder, { recursive: true, verbatimSymlinks: true })
        for (const ids of (await readdir(folder)).filter((image) => image.startsWith('ids-'))) {
          await writeFile(join(folder, ids), 'damaged, and long enough')
        }
        const { unreadable } = await look(folder, { sections: 'all' })
        const parts = unreadable.map(({ entry, code }) => `${entry} ${code}`)
        ok(parts.some((part) => /^ids-\d+\.img BAD_MAGIC$/.test(part)))
        equal(new Set(parts).size, parts.length, parts.join('\n'))
      } finally {
        await rm(folder, { recursive: true })
      }
    })

    it('reads all images where what the engine wrote is damaged', async () => {
      const folder = await mkdtemp(join(tmpdir(), 'inspect-test-'))
      try {
        await cp(imageSet('sockets'), join(folder, 'checkpoint'), {
          recursive: true,
          verbatimSymlinks: true,
        })
        for (const { name, data } of metadataEntries()) {
          await writeFile(join(folder, name), name === 'spec.dump' ? 'damaged' : `${data}`)
        }
        const { processes, container, unreadable } = await look(folder)
        deepEqual([processes.length, container?.name], [1, configDump.name])
        deepEqual(
          unreadable.map(({ entry, code }) => [entry, code]),
          [['spec.dump', 'BAD_METADATA']],
        )
      } finally {
        await rm(folder, { recursive: true })
      }
    })

    it('is plain data', async () => {
      const inspection = await look(fixture('containerd-miner'))
      deepEqual(JSON.parse(JSON.stringify(inspection)), inspection)
    })

    it('costs at most 15 reads and 1 MiB, of a 22 MB archive too', async () => {
      for (const archive of ['containerd-miner', 'containerd-svc', 'crio-miner', 'podman-svc-tcp'] as const) {
        const { reads, bytesRead } = (await look(fixture(archive))).archive
        ok(reads <= 15 && bytesRead < 1024 * 1024, `${archive}: ${reads} reads, ${bytesRead} bytes`)
      }
    })

    it('says FILE_NOT_FOUND of what looks like a file and is not there', async () => {
      await rejects(look('/no/such/archive.tar'), { code: 'FILE_NOT_FOUND' })
    })

    it('throws the reason of an abort', async () => {
      const reason = new Error('stop')
      const request = { archives: [fixture('containerd-miner')], sections: summary }
      const looking = inspect(request, offline, { signal: AbortSignal.abort(reason) }).result
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
      inspect(
        { archives: [archive], sections: summary, ...(container !== undefined && { container }) },
        bench.context,
        { signal: bench.cancel.signal },
      )

    it('reads no more of it than of a local one, and removes its reader', async () => {
      const [inspection] = (await finish(run(`node-a:${name}`))).result.inspections
      ok(inspection)
      const { archive, container, processes } = inspection
      equal(archive.label, `node-a:${name}`)
      ok(archive.reads <= 15 && archive.bytesRead < 1024 * 1024, `${archive.reads} reads`)
      deepEqual(
        processes.map(({ comm }) => comm),
        ['kinsing', 'kdevtmpfsi'],
      )
      equal(container?.name, 'cache')
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
        const { inspections } = await run(target ?? '', container).result
        equal(inspections[0]?.archive.label, `node-a:${newest}`)
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
