import { deepEqual, equal, fail, match, rejects } from 'node:assert/strict'
import { createHash, randomBytes } from 'node:crypto'
import { mkdirSync, writeFileSync } from 'node:fs'
import { mkdir, readFile, stat, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { fixture } from '@kubectl-checkpoint/test-support'
import { checkpointFolder } from '@kubectl-checkpoint/test-support/stand-in'
import { fetchArchives } from '../../src/actions/index.ts'
import { finish, openWorkbench, type Workbench } from './support/workbench.ts'

const sha256 = (bytes: Uint8Array) => createHash('sha256').update(bytes).digest('hex')

const name = 'checkpoint-miner-a_shop-cache-2026-11-23T12:00:00Z.tar'
const localName = name.replaceAll(':', '-')
const path = `${checkpointFolder}/${name}`
const archive = `node-a:${name}`
const content = Buffer.concat([randomBytes(300_000), Buffer.alloc(1024)])

describe('fetchArchives', () => {
  let bench: Workbench
  beforeEach(async () => {
    bench = await openWorkbench()
    bench.standIn.disks['node-a'].write(path, content)
  })
  afterEach(() => bench[Symbol.asyncDispose]())

  const start = (archives: string[], container?: string) =>
    fetchArchives(
      { archives, to: bench.folder, ...(container !== undefined && { container }) },
      bench.context,
      { signal: bench.cancel.signal },
    )
  const run = (...archives: string[]) => finish(start(archives))
  const codesOf = ({ result }: Awaited<ReturnType<typeof run>>) =>
    result.failures.map(({ item, error }) => [item, error.code])

  it('brings a real archive home, equal and readable by its owner alone', async () => {
    const bytes = await readFile(fixture('containerd-miner'))
    bench.standIn.disks['node-a'].replace(path, bytes)
    const { result, events } = await run(archive)
    const place = join(bench.folder, localName)
    const transfer = { bytes: bytes.length, keptBytes: 0, compression: 'none', connections: 1 }
    deepEqual(result, {
      archives: [{ archive, path: place, size: bytes.length, sha256: sha256(bytes), transfer }],
      failures: [],
    })
    equal((await readFile(place)).equals(bytes), true)
    equal((await stat(place)).mode & 0o777, 0o600)
    const progress = events.filter((event) => event.type === 'progress')
    deepEqual(progress.at(-1), {
      type: 'progress',
      item: archive,
      doneBytes: bytes.length,
      totalBytes: bytes.length,
    })
    deepEqual(bench.leftPods(), [])
  })

  it('goes on at the byte where a connection broke, and says so each time', async () => {
    bench.standIn.faults.cutExec = { afterBytes: 100_000, times: 2 }
    const { result, notices } = await run(archive)
    equal(result.archives[0]?.sha256, sha256(content))
    deepEqual(await readFile(join(bench.folder, localName)), content)
    const resumed = notices.flatMap((notice) => (notice.kind === 'connection-resumed' ? notice.atByte : []))
    equal(resumed.length, 2)
    equal(0 < (resumed[0] ?? 0) && (resumed[0] ?? 0) < (resumed[1] ?? 0), true)
  })

  it('takes the file that another command has brought meanwhile', async () => {
    const { folder } = bench
    bench.standIn.faults.duringRange = () => {
      mkdirSync(folder, { recursive: true })
      writeFileSync(join(folder, localName), content)
    }
    const done = await run(archive)
    deepEqual(codesOf(done), [])
    equal(done.result.archives[0]?.sha256, sha256(content))
    deepEqual(await bench.localFiles(), [localName])
  })

  it('leaves nothing of a file that changes meanwhile: CHANGED', async () => {
    bench.standIn.faults.duringRange = (disk, changing) => disk.replace(changing, Buffer.from('another'))
    const done = await run(archive)
    deepEqual(codesOf(done), [[archive, 'CHANGED']])
    deepEqual(done.result.archives, [])
    deepEqual(await bench.localFiles(), [])
    deepEqual(bench.leftPods(), [])
  })

  it('gives its name to no file of another digest: DIGEST_MISMATCH', async () => {
    bench.standIn.faults.wrongDigest = true
    const done = await run(archive)
    deepEqual(codesOf(done), [[archive, 'DIGEST_MISMATCH']])
    match(done.result.failures[0]?.error.message ?? '', new RegExp(`0{64}, but ${sha256(content)} arrived`))
    deepEqual(await bench.localFiles(), [])
  })

  describe('where a file of that name is there already', () => {
    const put = async (bytes: Uint8Array) => {
      await mkdir(bench.folder)
      await writeFile(join(bench.folder, localName), bytes)
    }

    it('downloads nothing if it is equal', async () => {
      await put(content)
      const { result, notices, phases } = await run(archive)
      deepEqual(notices, [{ kind: 'already-here', path: join(bench.folder, localName) }])
      deepEqual(phases(archive), ['waiting', 'starting-reader', 'verifying', 'done'])
      equal(result.archives[0]?.sha256, sha256(content))
    })

    for (const [how, other] of [
      ['of another length', Buffer.from('mine')],
      ['of the same length', Buffer.alloc(content.length)],
    ] as const) {
      it(`leaves one ${how} as it is: FILE_EXISTS`, async () => {
        await put(other)
        const done = await run(archive)
        deepEqual(codesOf(done), [[archive, 'FILE_EXISTS']])
        deepEqual(done.phases(archive).includes('downloading'), false)
        deepEqual(await readFile(join(bench.folder, localName)), other)
        deepEqual(await bench.localFiles(), [localName])
      })
    }
  })

  it('says FILE_NOT_READABLE where a folder has that name', async () => {
    await mkdir(join(bench.folder, localName), { recursive: true })
    const done = await run(archive)
    deepEqual(codesOf(done), [[archive, 'FILE_NOT_READABLE']])
  })

  describe('of a target', () => {
    it('takes the newest archive of the container, whatever the names say', async () => {
      const disk = bench.standIn.disks['node-a']
      bench.clock.advance(60_000)
      const newest = 'checkpoint-miner-a_shop-cache-2026-11-23T04:01:00-08:00.tar'
      disk.write(`${checkpointFolder}/${newest}`, Buffer.from('newest'))
      bench.clock.advance(60_000)
      disk.write(
        `${checkpointFolder}/checkpoint-miner-a_shop-cache-b-2026-11-23T12:02:00Z.tar`,
        Buffer.from('b'),
      )
      disk.write(`${checkpointFolder}/${newest}.partial`, Buffer.from('partial'))
      const { result } = await run('miner-a/cache')
      deepEqual(
        result.archives.map((fetched) => fetched.archive),
        [`node-a:${newest}`],
      )
    })

    it('takes one archive of each of its containers, on their nodes', async () => {
      const names = ['7k2fq', 'x9c4m'].map(
        (pod) => `checkpoint-web-6d4b75cb6d-${pod}_shop-app-2026-11-23T12:00:00Z.tar`,
      )
      bench.standIn.disks['node-a'].write(`${checkpointFolder}/${names[0]}`, Buffer.from('a'))
      bench.standIn.disks['node-b'].write(`${checkpointFolder}/${names[1]}`, Buffer.from('b'))
      const { result } = await finish(start(['deploy/web'], 'app'))
      deepEqual(
        result.archives.map((fetched) => fetched.archive),
        [`node-a:${names[0]}`, `node-b:${names[1]}`],
      )
    })

    it('takes that of a container that has ended', async () => {
      const ended = 'checkpoint-import-8xk2p_shop-import-2026-11-23T12:00:00Z.tar'
      bench.standIn.disks['node-a'].write(`${checkpointFolder}/${ended}`, Buffer.from('ended'))
      const { result } = await run('import-8xk2p')
      deepEqual(
        result.archives.map((fetched) => fetched.archive),
        [`node-a:${ended}`],
      )
    })

    it('asks the archive whose it is where its name fits another container, too', async () => {
      const { store, disks } = bench.standIn
      const pod = store.find('pods', 'shop', 'miner-a')
      if (!pod) return fail('no pod miner-a')
      store.put('pods', { ...pod, spec: { ...pod.spec, containers: [{ name: 'x-cache' }] } })
      const nameAt = (time: string) => `checkpoint-miner-a_shop-x-cache-2026-11-23T${time}Z.tar`
      // The newer one is, by its own words, of the container `cache`.
      disks['node-a'].write(`${checkpointFolder}/${nameAt('11:00:00')}`, Buffer.from('damaged'))
      bench.clock.advance(5000)
      const theirs = await readFile(fixture('containerd-miner'))
      disks['node-a'].write(`${checkpointFolder}/${nameAt('11:00:05')}`, theirs)
      const { result } = await run('miner-a/x-cache')
      deepEqual(
        result.archives.map((fetched) => fetched.archive),
        [`node-a:${nameAt('11:00:00')}`],
      )
    })

    it('says NO_ARCHIVE of a container that has none, with how to take one, and fetches the others', async () => {
      const done = await run('svc', archive)
      deepEqual(codesOf(done), [['shop/svc/svc', 'NO_ARCHIVE']])
      const [failure] = done.result.failures
      equal(failure?.error.message, 'node-b has no archive of shop/svc/svc')
      match(failure?.error.hint ?? '', /kubectl checkpoint -n shop svc\/svc/)
      deepEqual(
        done.result.archives.map((fetched) => fetched.archive),
        [archive],
      )
      deepEqual(bench.leftPods(), [])
    })
  })

  it('brings an archive home once, however often and in whichever words it is named', async () => {
    const done = await run(archive, `node-a:${path}`, 'miner-a/cache', 'miner-a')
    equal(done.result.archives.length, 1)
    deepEqual(codesOf(done), [])
    equal(done.phases(archive).filter((phase) => phase === 'downloading').length, 1)
    equal(bench.readerPods().length, 1)
  })

  it('brings the first of two archives that get one name home, and downloads no other: FILE_EXISTS', async () => {
    bench.standIn.disks['node-b'].write('/data/a:1.tar', Buffer.from('from node-b'))
    bench.standIn.disks['node-a'].write('/data/a-1.tar', Buffer.from('from node-a'))
    const done = await run('node-b:/data/a:1.tar', 'node-a:/data/a-1.tar')
    deepEqual(
      done.result.archives.map((fetched) => fetched.archive),
      ['node-b:/data/a:1.tar'],
    )
    deepEqual(codesOf(done), [['node-a:/data/a-1.tar', 'FILE_EXISTS']])
    deepEqual(done.phases('node-a:/data/a-1.tar').includes('downloading'), false)
    deepEqual(await readFile(join(bench.folder, 'a-1.tar'), 'utf8'), 'from node-b')
    deepEqual(await bench.localFiles(), ['a-1.tar'])
  })

  it('brings one of two equal archives home, which are then both here', async () => {
    bench.standIn.disks['node-b'].write(path, content)
    const done = await run(archive, `node-b:${name}`)
    deepEqual(
      done.result.archives.map((fetched) => fetched.path),
      [join(bench.folder, localName), join(bench.folder, localName)],
    )
    deepEqual(codesOf(done), [])
    deepEqual(
      done.notices.map(({ kind }) => kind),
      ['already-here'],
    )
  })

  it('gives both what arrived and what did not', async () => {
    const done = await run('node-a:none.tar', archive)
    deepEqual(codesOf(done), [['node-a:none.tar', 'NODE_FILE_NOT_FOUND']])
    deepEqual(
      done.result.archives.map((fetched) => fetched.archive),
      [archive],
    )
  })

  it('brings the archives of one node one after the other', async () => {
    const second = path.replace('12:00:00', '12:00:01')
    bench.standIn.disks['node-a'].write(second, randomBytes(200_000))
    const { events } = await run(archive, `node-a:${second}`)
    const order = events.flatMap((event) =>
      event.type === 'phase' && /downloading|done/.test(event.phase) ? event.phase : [],
    )
    deepEqual(order, ['downloading', 'done', 'downloading', 'done'])
  })

  it('brings an empty file home', async () => {
    bench.standIn.disks['node-a'].write('/data/empty.tar', Buffer.of())
    const { result } = await run('node-a:/data/empty.tar')
    equal(result.archives[0]?.sha256, sha256(Buffer.of()))
  })

  it('says ARCHIVE_REFERENCE_INVALID of local files and of what leads out of its folder, and asks nobody', async () => {
    for (const text of ['./a.tar', 'a.tar', 'node-a:../a.tar', '']) {
      await rejects(start([archive, text]).result, { code: 'ARCHIVE_REFERENCE_INVALID' })
    }
    deepEqual(bench.standIn.requests, [])
  })

  describe('after a download that broke off', () => {
    /** The connection keeps breaking: what came stays here. */
    const breakOff = async () => {
      bench.standIn.faults.cutExec = { afterBytes: 200_000, times: 1 }
      bench.standIn.faults.duringRange = () => fail('the whole file came')
      const cut = bench.standIn.faults.cutExec
      const left = fetchArchives({ archives: [archive], to: bench.folder }, bench.context, {
        signal: bench.cancel.signal,
      })
      for await (const event of left) {
        // From the first cut on, nothing gets through.
        if (event.type === 'progress' && cut.times === 0)
          bench.standIn.faults.cutExec = { afterBytes: 10, times: 100 }
      }
      bench.standIn.faults.cutExec = undefined
      bench.standIn.faults.duringRange = undefined
      return left.result
    }
    const partials = async () => (await bench.localFiles()).filter((name) => name.endsWith('.partial'))

    it('keeps what came, and goes on after it', async () => {
      const broken = await breakOff()
      deepEqual(
        broken.failures.map(({ error }) => error.code),
        ['EXEC_LOST'],
      )
      const [partial = ''] = await partials()
      const { size, mode } = await stat(join(bench.folder, partial))
      equal(mode & 0o777, 0o600)
      const { result, notices } = await run(archive)
      deepEqual(notices, [{ kind: 'download-continued', atByte: size }])
      deepEqual(result.archives[0]?.transfer, {
        bytes: content.length - size,
        keptBytes: size,
        compression: 'none',
        connections: 1,
      })
      deepEqual(await readFile(join(bench.folder, localName)), content)
      deepEqual(await bench.localFiles(), [localName])
    })

    it('begins anew where what was kept is not a part of the file after all', async () => {
      await breakOff()
      const [partial = ''] = await partials()
      await writeFile(join(bench.folder, partial), Buffer.alloc(content.length + 1), { mode: 0o600 })
      const { result } = await run(archive)
      equal(result.archives[0]?.sha256, sha256(content))
      equal(result.archives[0]?.transfer.keptBytes, 0)
      deepEqual(await readFile(join(bench.folder, localName)), content)
    })

    it('leaves alone what is a part of a file that has changed since', async () => {
      await breakOff()
      const [partial] = await partials()
      bench.standIn.disks['node-a'].replace(path, Buffer.from('another'))
      const { result } = await run(archive)
      equal(result.archives[0]?.transfer.keptBytes, 0)
      deepEqual(await partials(), [partial])
    })
  })

  describe('what is selected', () => {
    const archiveOf = (pod: string, time: string) => `checkpoint-${pod}_shop-app-2026-11-23T${time}Z.tar`
    const [first, second] = ['web-6d4b75cb6d-7k2fq', 'web-6d4b75cb6d-x9c4m'] as const
    beforeEach(() => {
      const { disks } = bench.standIn
      for (const time of ['11:00:00', '11:30:00']) {
        disks['node-a'].write(`${checkpointFolder}/${archiveOf(first, time)}`, Buffer.from(`a ${time}`))
      }
      disks['node-b'].write(`${checkpointFolder}/${archiveOf(second, '11:00:00')}`, Buffer.from('b'))
      bench.clock.advance(60_000)
    })
    const select = async (selection: Omit<Parameters<typeof fetchArchives>[0], 'archives' | 'to'>) => {
      const request = { archives: [], to: bench.folder, ...selection }
      const run = fetchArchives(request, bench.context, { signal: bench.cancel.signal })
      return finish(run)
    }
    const names = ({ result }: Awaited<ReturnType<typeof select>>) =>
      result.archives.map((fetched) => fetched.archive).sort()

    it('is the newest archive of each container of pods with these labels', async () => {
      const done = await select({ selector: 'app=web' })
      deepEqual(names(done), [
        `node-a:${archiveOf(first, '11:30:00')}`,
        `node-b:${archiveOf(second, '11:00:00')}`,
      ])
      deepEqual(bench.leftPods(), [])
    })

    it('is every archive on demand, of some nodes on demand', async () => {
      const done = await select({ all: true, nodes: ['node-a'] })
      deepEqual(names(done), [
        archive,
        `node-a:${archiveOf(first, '11:00:00')}`,
        `node-a:${archiveOf(first, '11:30:00')}`,
      ])
    })

    it('comes from so many nodes at a time', async () => {
      const done = await select({ allNamespaces: true, nodesAtOnce: 1 })
      equal(names(done).length, 3)
      const order = done.events.flatMap((event) =>
        event.type === 'phase' && /downloading|done/.test(event.phase) ? event.phase : [],
      )
      deepEqual(order, Array(3).fill(['downloading', 'done']).flat())
    })

    it('must be something: ARCHIVE_REFERENCE_INVALID', async () => {
      await rejects(select({}), { code: 'ARCHIVE_REFERENCE_INVALID' })
      deepEqual(bench.standIn.requests, [])
    })
  })

  it('has the node compress what it is told to, and says how little came', async () => {
    bench.standIn.disks['node-a'].write('/data/easy.tar', Buffer.alloc(3_000_000))
    for (const compress of ['gzip', 'zstd'] as const) {
      const request = { archives: ['node-a:/data/easy.tar'], to: join(bench.folder, compress), compress }
      const { result } = await finish(fetchArchives(request, bench.context, bench.cancel))
      const { transfer } = result.archives[0] ?? fail('nothing came')
      equal(transfer.compression, compress)
      equal(transfer.bytes < 30_000, true)
    }
    bench.standIn.faults.compressors = ['gzip']
    const request = { archives: [archive], to: bench.folder, compress: 'zstd' } as const
    const done = await finish(fetchArchives(request, bench.context, bench.cancel))
    deepEqual(codesOf(done), [[archive, 'READER_IMAGE_UNSUITABLE']])
  })

  it('leaves no part of a file and no reader when it is cancelled, and says CANCELLED', async () => {
    bench.standIn.faults.duringRange = () => bench.cancel.abort()
    const done = await run(archive, 'node-a:none.tar')
    deepEqual(codesOf(done), [
      [archive, 'CANCELLED'],
      ['node-a:none.tar', 'CANCELLED'],
    ])
    deepEqual(await bench.localFiles(), [])
    deepEqual(bench.leftPods(), [])
  })

  it('says which reader it could not remove', async () => {
    bench.standIn.faults.duringRange = () => bench.standIn.faults.forbidden.add('delete pods')
    const { result, notices } = await run(archive)
    equal(result.archives.length, 1)
    deepEqual(
      notices.map(({ kind }) => kind),
      ['reader-left'],
    )
  })
})
