import { deepEqual, equal, fail, match, rejects } from 'node:assert/strict'
import { createHash, randomBytes } from 'node:crypto'
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
const content = randomBytes(300_000)

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
    deepEqual(result, {
      archives: [{ archive, path: place, size: bytes.length, sha256: sha256(bytes) }],
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
      deepEqual(phases(archive), ['starting-reader', 'verifying', 'done'])
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
