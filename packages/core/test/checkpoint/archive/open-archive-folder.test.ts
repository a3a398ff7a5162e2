import { deepEqual, equal, fail, ok, rejects } from 'node:assert/strict'
import { execFileSync } from 'node:child_process'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { countingSource, openLocalFile, readLocalFolder } from '@kubectl-checkpoint/core/bytes'
import {
  openArchive,
  openArchiveFolder,
  type UnreadablePart,
} from '@kubectl-checkpoint/core/checkpoint/archive'
import { readProcesses } from '@kubectl-checkpoint/core/checkpoint/process'
import { fixture } from '@kubectl-checkpoint/test-support'

const failOn = ({ message }: UnreadablePart) => fail(message)

describe('openArchiveFolder', () => {
  let folder: string
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'archive-folder-'))
  })
  afterEach(() => rm(folder, { recursive: true }))

  const open = async (path: string) => openArchiveFolder(await readLocalFolder(path))

  it('gives of an unpacked archive what the archive gives', async () => {
    execFileSync('tar', ['-xf', fixture('podman-counter'), '-C', folder])
    await using file = await openLocalFile(fixture('podman-counter'))
    const packed = await openArchive(file)
    const unpacked = await open(folder)
    deepEqual(unpacked.container, packed.container)
    deepEqual([unpacked.kind, unpacked.engine], [packed.kind, packed.engine])
    deepEqual(await readProcesses(unpacked, failOn), await readProcesses(packed, failOn))
    deepEqual({ ...unpacked.sizes, archive: 0 }, { ...packed.sizes, archive: 0 })
  })
  it('opens what CRIU wrote alone', async () => {
    execFileSync('tar', ['-xf', fixture('containerd-miner'), '-C', folder])
    const archive = await open(join(folder, 'checkpoint'))
    deepEqual([archive.kind, archive.container], ['images', undefined])
    const [process] = await readProcesses(archive, failOn)
    equal(process?.comm, 'kinsing')
  })
  it('prefetches images of a folder, too', async () => {
    execFileSync('tar', ['-xf', fixture('containerd-miner'), '-C', folder])
    const { source: files, entries } = await readLocalFolder(join(folder, 'checkpoint'))
    const source = countingSource(files)
    const archive = await openArchiveFolder({ source, entries })
    await archive.prefetchImages((name) => !name.startsWith('pages-'))
    ok(source.reads <= 6, `${source.reads} reads`)
    const { reads } = source
    await archive.image('pstree').read(0, 10)
    equal(source.reads, reads)
  })
  it('refuses a folder of something else', async () => {
    await writeFile(join(folder, 'README'), 'nothing')
    await rejects(open(folder), { code: 'NOT_A_CHECKPOINT' })
  })
})
