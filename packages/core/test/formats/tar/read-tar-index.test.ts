import { deepEqual, equal, match, ok, rejects } from 'node:assert/strict'
import { execFileSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { countingSource, memorySource, openLocalFile, readAhead } from '@kubectl-checkpoint/core/bytes'
import { entrySource, readTarIndex, type TarEntry } from '@kubectl-checkpoint/core/formats/tar'
import {
  type CraftedEntry,
  craftPax,
  craftTar,
  craftTarEntry,
  craftTarHeader,
  fixture,
  type Part,
  virtualSource,
} from '@kubectl-checkpoint/test-support'
import fc from 'fast-check'

const index = (entries: readonly CraftedEntry[]) => readTarIndex(virtualSource(craftTar(entries)))
const namesOf = (entries: readonly TarEntry[]) => entries.map(({ name }) => name)
const megabyte = 1024 * 1024

describe('readTarIndex', () => {
  it('says where each entry of a real archive lies', async () => {
    await using file = await openLocalFile(fixture('containerd-miner'))
    const { entries, find } = await readTarIndex(file)
    equal(entries.length, 39)
    const config = find('config.dump')
    ok(config)
    const bytes = await entrySource(file, config).read(0, config.size)
    match(Buffer.from(bytes).toString(), /^\{"id":"b97cf242c5d/)
    equal(find('checkpoint')?.type, 'directory')
    equal(find('checkpoint/pages-1.img')?.size, 2187264)
    equal(find('nowhere'), undefined)
  })
  it('finds names with and without ./ in front and / at the end', async () => {
    const { entries, find } = await index([
      { name: './a/', flag: '5' },
      { name: './a/b', data: 'x' },
    ])
    deepEqual(namesOf(entries), ['a', 'a/b'])
    equal(find('./a/b'), entries[1])
    equal(find('a/'), entries[0])
  })
  it('keeps a file that was named to tar twice', async () => {
    const twice = [
      { name: 'a', data: 'data' },
      { name: './a', flag: '1', linkName: 'a' },
    ]
    const { entries, find } = await readTarIndex(virtualSource(craftTar(twice)))
    deepEqual(namesOf(entries), ['a'])
    equal(find('a')?.size, 4)
  })
  it('lets the last of equal names count', async () => {
    const { entries, find } = await index([
      { name: 'a', data: 'old' },
      { name: 'b' },
      { name: './a', data: 'newer' },
    ])
    deepEqual(namesOf(entries), ['b', 'a'])
    equal(find('a')?.size, 5)
  })
  it('tells the types apart, unknown ones being files', async () => {
    const { entries } = await index([
      { name: 'hard', flag: '1', linkName: 'x' },
      { name: 'sym', flag: '2', linkName: '/y' },
      { name: 'char', flag: '3' },
      { name: 'block', flag: '4' },
      { name: 'folder', flag: '5' },
      { name: 'fifo', flag: '6' },
      { name: 'contiguous', flag: '7' },
      { name: 'odd', flag: 'Z' },
      { name: 'v7-folder/', flag: '\0' },
    ])
    deepEqual(
      entries.map(({ type, linkName }) => (linkName ? `${type} to ${linkName}` : type)),
      [
        'hardlink to x',
        'symlink to /y',
        'character-device',
        'block-device',
        'directory',
        'fifo',
        'file',
        'file',
        'directory',
      ],
    )
  })
  it('gives links no data, whatever their size says', async () => {
    const size = (header: Uint8Array) => header.set(Buffer.from('00000000012\0'), 124)
    const { entries } = await index([
      { name: 'link', flag: '1', linkName: 'x', edit: size },
      { name: 'next', data: 'n' },
    ])
    deepEqual(
      entries.map((entry) => entry.size),
      [0, 1],
    )
  })
  it('applies extended headers to the entry after them, global ones to all', async () => {
    const { entries } = await index([
      { name: 'g', flag: 'g', data: craftPax({ mtime: '7.5', uid: '12' }) },
      { name: 'x', flag: 'x', data: craftPax({ path: 'long', uid: '13', size: '3' }) },
      { name: 'short', data: 'abc' },
      { name: 'next', data: 'd' },
    ])
    deepEqual(
      entries.map(({ name, size, uid, mtimeSeconds }) => [name, size, uid, mtimeSeconds]),
      [
        ['long', 3, 13, 7.5],
        ['next', 1, 12, 7.5],
      ],
    )
  })
  it('reads long names of GNU', async () => {
    const long = 'folder/'.repeat(40)
    const { entries } = await index([
      { name: '././@LongLink', flag: 'L', data: `${long}name\0` },
      { name: '././@LongLink', flag: 'K', data: `${long}target\0` },
      { name: 'cut', flag: '2', linkName: 'cut' },
      { name: 'next' },
    ])
    deepEqual(
      entries.map(({ name, linkName }) => [name, linkName]),
      [
        [`${long}name`, `${long}target`],
        ['next', undefined],
      ],
    )
  })
  it('ignores what follows the end marker', async () => {
    const { entries } = await readTarIndex(
      virtualSource([...craftTar([{ name: 'a' }]), Buffer.from('old bytes')]),
    )
    deepEqual(namesOf(entries), ['a'])
  })
  it('takes a single block of zeros for an end marker', async () => {
    const { entries } = await readTarIndex(virtualSource([...craftTarEntry({ name: 'a' }), 512]))
    deepEqual(namesOf(entries), ['a'])
  })

  const cuts: Readonly<Record<string, readonly Part[]>> = {
    'nothing at all': [],
    'data cut off': [craftTarHeader({ name: 'pages' }, 4096), 4000],
    'no end marker': craftTarEntry({ name: 'pages', data: 'x' }),
    'a header cut off': [
      ...craftTarEntry({ name: 'pages', data: 'x' }),
      craftTarHeader({ name: 'pages' }, 0).subarray(0, 500),
    ],
  }
  for (const [what, parts] of Object.entries(cuts)) {
    it(`reports ${what} as TAR_TRUNCATED`, async () => {
      await rejects(readTarIndex(virtualSource(parts)), { name: 'TarError', code: 'TAR_TRUNCATED' })
    })
  }
  it('says what is there of a truncated archive', async () => {
    const parts = [...craftTarEntry({ name: 'a', data: 'x' }), craftTarHeader({ name: 'pages' }, 4096), 4000]
    await rejects(readTarIndex(virtualSource(parts)), {
      message: 'virtual is cut off: of "pages", 4000 of 4096 bytes are there; whole entries: 1, the last "a"',
    })
  })
  it('quotes no more than the beginning of long names', async () => {
    const long = craftTarEntry({ name: 'l', flag: 'L', data: Buffer.alloc(megabyte, 'x') })
    const parts = [
      ...long,
      ...craftTarEntry({ name: 'a' }),
      ...long,
      craftTarHeader({ name: 'b' }, 4096),
      4000,
    ]
    const start = `"${'x'.repeat(299)}…`
    await rejects(readTarIndex(virtualSource(parts)), {
      message: `virtual is cut off: of ${start}, 4000 of 4096 bytes are there; whole entries: 1, the last ${start}`,
    })
  })
  it('reports what is no tar archive', async () => {
    for (const length of [2048, 100]) {
      await rejects(readTarIndex(memorySource(Buffer.alloc(length, 'text '))), { code: 'NOT_TAR' })
    }
  })
  it('reports damage further on', async () => {
    await rejects(readTarIndex(virtualSource([...craftTarEntry({ name: 'a' }), Buffer.alloc(512, 1)])), {
      code: 'BAD_CHECKSUM',
    })
  })
  it('refuses sparse files of GNU', async () => {
    await rejects(index([{ name: 'a', flag: 'S' }]), { code: 'SPARSE_UNSUPPORTED' })
  })
  it('refuses an empty long name', async () => {
    await rejects(index([{ name: 'a', flag: 'L', data: '\0' }]), { code: 'BAD_HEADER' })
  })
  it('refuses extended headers that no archive needs', async () => {
    await rejects(index([{ name: 'a', flag: 'x', data: 2 * megabyte }]), { code: 'TAR_LIMIT' })
  })
  it('refuses names that would fill the memory', async () => {
    const long = [{ name: 'l', flag: 'L', data: Buffer.alloc(megabyte, 'x') }, { name: 'a' }]
    await rejects(index(Array.from({ length: 34 }, () => long).flat()), { code: 'TAR_LIMIT' })
  })
  it('refuses more entries than would fit into memory', async () => {
    const header = craftTarHeader({ name: 'a' }, 0)
    const endless = { label: 'endless', size: Number.MAX_SAFE_INTEGER, read: async () => header }
    await rejects(readTarIndex(endless), { code: 'TAR_LIMIT' })
  })
  it('normalises a hostile name in linear time', async () => {
    const name = `a${'/'.repeat(megabyte - 2)}b`
    const { entries } = await index([{ name: 'l', flag: 'L', data: name }, { name: 'a' }])
    equal(entries[0]?.name, name)
  })
  it('stops when it is aborted', async () => {
    await rejects(readTarIndex(virtualSource(craftTar([{ name: 'a' }])), { signal: AbortSignal.abort() }), {
      name: 'AbortError',
    })
  })

  it('indexes a 1 GB archive within 20 reads and 4 MiB', async () => {
    const small = (prefix: string) =>
      Array.from({ length: 20 }, (_, i) => ({ name: `${prefix}-${i}.img`, data: 3000 }))
    const large = Array.from({ length: 10 }, (_, i) => ({ name: `pages-${i}.img`, data: 100 * megabyte }))
    const counted = countingSource(virtualSource(craftTar([...small('core'), ...large, ...small('tail')])))
    ok(counted.size > 1000 * megabyte)
    equal((await readTarIndex(readAhead(counted))).entries.length, 50)
    ok(counted.reads <= 20, `${counted.reads} reads`)
    ok(counted.bytesRead <= 4 * megabyte, `${counted.bytesRead} bytes`)
  })

  it('agrees with GNU tar on random archives in every format it writes', async function () {
    if (!isGnuTar()) return this.skip()
    const name = fc.stringMatching(/^[a-zäß][a-z0-9 ._-]{0,40}$/u)
    const path = fc.array(name, { minLength: 1, maxLength: 6 }).map((parts) => parts.join('/'))
    const tree = fc.dictionary(path, fc.uint8Array({ maxLength: 2000 }), { minKeys: 1, maxKeys: 8 })
    await fc.assert(
      fc.asyncProperty(
        tree,
        fc.constantFrom('gnu', 'pax', 'ustar', 'v7', 'oldgnu'),
        async (files, format) => {
          const folder = mkdtempSync(join(tmpdir(), 'tar-'))
          try {
            const written = writeTree(join(folder, 'tree'), files)
            const archive = join(folder, 'archive.tar')
            // v7 and ustar have no room for long names: GNU tar leaves those entries out and says so by its exit code.
            const complete = runTar(['-C', join(folder, 'tree'), `--format=${format}`, '-cf', archive, '.'])
            await using file = await openLocalFile(archive)
            const { entries } = await readTarIndex(file)
            const listed = entries.filter(({ type }) => type === 'file')
            if (complete) deepEqual(namesOf(listed).sort(), [...written.keys()].sort())
            for (const entry of listed) {
              deepEqual(
                Buffer.from(await entrySource(file, entry).read(0, entry.size)),
                Buffer.from(written.get(entry.name) ?? []),
              )
            }
            const links = entries.filter(({ type }) => type === 'symlink')
            deepEqual(
              links.map(({ linkName }) => linkName),
              ['target/of/the/link'],
            )
          } finally {
            rmSync(folder, { recursive: true })
          }
        },
      ),
      { numRuns: 40 },
    )
  })
})

const isGnuTar = (): boolean => {
  try {
    return execFileSync('tar', ['--version'], { encoding: 'utf8' }).includes('GNU tar')
  } catch {
    return false
  }
}

function runTar(args: readonly string[]): boolean {
  try {
    execFileSync('tar', args, { stdio: 'ignore' })
    return true
  } catch {
    return false
  }
}

/** Writes what fits: a name that is a folder of another name already, or the other way round, is left out. */
function writeTree(root: string, files: Readonly<Record<string, Uint8Array>>): Map<string, Uint8Array> {
  const written = new Map<string, Uint8Array>()
  mkdirSync(root)
  symlinkSync('target/of/the/link', join(root, 'LINK'))
  for (const [name, bytes] of Object.entries(files)) {
    try {
      mkdirSync(dirname(join(root, name)), { recursive: true })
      writeFileSync(join(root, name), bytes)
      written.set(name, bytes)
    } catch (error) {
      if (!['EEXIST', 'ENOTDIR', 'EISDIR'].includes((error as NodeJS.ErrnoException).code ?? '')) throw error
    }
  }
  return written
}
