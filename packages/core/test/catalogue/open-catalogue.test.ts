import { deepEqual, equal, rejects } from 'node:assert/strict'
import { appendFile, mkdtemp, readdir, readFile, rm, stat, truncate, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type CatalogueEntry, openCatalogue, type TakenEntry } from '../../src/catalogue/index.ts'

const cluster = 'https://10.0.0.1:6443'
const attempt = { cluster, node: 'node-a', namespace: 'shop', pod: 'web-0', container: 'app' }
const taken = (second: number): TakenEntry => ({
  kind: 'taken',
  ...attempt,
  path: `/data/kubelet/checkpoints/${second}.tar`,
  takenAt: `2026-11-23T12:00:0${second}Z`,
  note: 'before the update\n"quoted"',
})
const refused: CatalogueEntry = {
  kind: 'refused',
  ...attempt,
  at: '2026-11-23T12:00:00Z',
  code: 'CRIU_REFUSED',
  message: 'no',
  logPath: '/run/dump.log',
}

describe('openCatalogue', () => {
  let root: string
  let folder: string
  beforeEach(async () => {
    root = await mkdtemp(join(tmpdir(), 'catalogue-test-'))
    folder = join(root, 'data/catalogue')
  })
  afterEach(() => rm(root, { recursive: true }))

  const file = async () => join(folder, (await readdir(folder))[0] ?? '')

  it('remembers nothing at first, and makes no folder for that', async () => {
    deepEqual(await openCatalogue(folder).read(cluster), [])
    deepEqual(await readdir(root), [])
  })

  it('gives back what was recorded, in order, to another command too', async () => {
    const entries = [taken(1), refused, taken(2)]
    for (const entry of entries) await openCatalogue(folder).record(entry)
    deepEqual(await openCatalogue(folder).read(cluster), entries)
  })

  it('keeps clusters apart', async () => {
    const other = { ...taken(1), cluster: 'https://10.0.0.2:6443' }
    await openCatalogue(folder).record(taken(1))
    await openCatalogue(folder).record(other)
    deepEqual(await openCatalogue(folder).read(other.cluster), [other])
  })

  it('is for the eyes of its owner', async () => {
    await openCatalogue(folder).record(refused)
    equal((await stat(folder)).mode & 0o777, 0o700)
    equal((await stat(await file())).mode & 0o777, 0o600)
  })

  it('loses no entry of commands that write at the same time', async () => {
    await Promise.all(Array.from({ length: 200 }, () => openCatalogue(folder).record(taken(3))))
    equal((await openCatalogue(folder).read(cluster)).length, 200)
  })

  it('passes over an entry that broke off, and reads the one after it', async () => {
    const catalogue = openCatalogue(folder)
    await catalogue.record(taken(1))
    await catalogue.record(taken(2))
    await truncate(await file(), (await readFile(await file())).length - 9)
    await catalogue.record(taken(3))
    deepEqual(await catalogue.read(cluster), [taken(1), taken(3)])
  })

  it('passes over what it has not written', async () => {
    const catalogue = openCatalogue(folder)
    await catalogue.record(taken(1))
    const { path: _, ...pathless } = taken(2)
    const lines = [
      '',
      'x',
      'null',
      '[]',
      '{"kind":"constructor"}',
      JSON.stringify(pathless),
      JSON.stringify({ ...taken(2), note: 1 }),
      JSON.stringify({ ...refused, logPath: null }),
      JSON.stringify({ ...taken(2), cluster: 'https://elsewhere' }),
    ]
    await appendFile(await file(), `\n${lines.join('\n')}`)
    deepEqual(await catalogue.read(cluster), [taken(1)])
  })

  it('says where it cannot write or read', async () => {
    await writeFile(join(root, 'data'), '')
    await rejects(openCatalogue(folder).record(refused), { code: 'FILE_NOT_WRITABLE' })
    await rejects(openCatalogue(folder).read(cluster), { code: 'FILE_NOT_READABLE' })
  })
})
