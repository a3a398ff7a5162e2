import assert from 'node:assert/strict'
import { memorySource } from '../../../src/bytes/index.ts'
import type { UnreadablePart } from '../../../src/checkpoint/archive/index.ts'
import { compareFiles } from '../../../src/checkpoint/difference/compare-files.ts'
import { type FileNode, FilesystemError, type FileTree } from '../../../src/checkpoint/filesystem/index.ts'

const file = (path: string, content: string | Uint8Array, more: Partial<FileNode> = {}): FileNode => {
  const bytes = Buffer.from(content)
  return {
    ...{
      path,
      name: path,
      type: 'file',
      mode: 0o644,
      uid: 0,
      gid: 0,
      mtimeSeconds: 0,
      children: [],
      position: 0,
    },
    ...{ origin: 'rootfs', change: 'changed', size: bytes.length },
    openContent: async () => ({
      size: bytes.length,
      pieces: bytes.length === 0 ? [] : [{ offset: 0, source: memorySource(bytes) }],
      missingBytes: 0,
    }),
    ...more,
  }
}
const folder = (path: string, children: readonly FileNode[], more: Partial<FileNode> = {}): FileNode => ({
  ...{ path, name: path, type: 'directory', size: 0, position: 0, children },
  ...more,
})
const tree = (...children: readonly FileNode[]): FileTree => ({
  roots: [folder('/', children)],
  unreadable: [],
  find: () => undefined,
})

async function compare(
  a: readonly FileNode[],
  b: readonly FileNode[],
  { contents = true, sameContainer = true } = {},
) {
  const unreadable: UnreadablePart[] = []
  const report = (part: UnreadablePart) => unreadable.push(part)
  const files = await compareFiles(tree(...a), tree(...b), {
    contents,
    sameContainer,
    isLost: () => false,
    report,
  })
  return { files, unreadable }
}

describe('compareFiles', () => {
  it('finds files that one side lacks, in order of their paths', async () => {
    const { files } = await compare(
      [file('/b', 'x')],
      [file('/a', 'x'), file('/c', 'x', { change: 'deleted' })],
    )
    assert.deepEqual(
      files.map(({ path, a, b }) => [path, a !== undefined, b?.deleted]),
      [
        ['/a', false, false],
        ['/b', true, undefined],
        ['/c', false, true],
      ],
    )
  })

  it('passes over equal files, and over folders that only lead to them', async () => {
    const { files } = await compare(
      [folder('/etc', [file('/etc/x', 'same')])],
      [folder('/etc', [file('/etc/x', 'same')], { size: 9 })],
    )
    assert.deepEqual(files, [])
  })

  it('shows what was changed in a text', async () => {
    const { files } = await compare([file('/x', 'one\ntwo\n')], [file('/x', 'one\n2\n')])
    assert.equal(files[0]?.contentDiffers, true)
    assert.equal(files[0]?.patch, '@@ -1,2 +1,2 @@\n one\n-two\n+2\n')
  })

  it('says only that bytes differ which are no text, or a long one', async () => {
    const bytes = Buffer.from([0xff, 0xfe])
    const long = 'x'.repeat(256 * 1024)
    const { files } = await compare(
      [file('/bytes', bytes), file('/long', `${long}a`), file('/nul', 'a\0')],
      [file('/bytes', bytes.toReversed()), file('/long', `${long}b`), file('/nul', 'b\0')],
    )
    assert.deepEqual(
      files.map(({ contentDiffers, patch }) => [contentDiffers, patch]),
      Array(3).fill([true, undefined]),
    )
  })

  it('gives up on texts that have little in common', async () => {
    const lines = (prefix: string) => Array.from({ length: 5000 }, (_, line) => `${prefix}${line}\n`).join('')
    const { files } = await compare([file('/x', lines('a'))], [file('/x', lines('b'))])
    assert.deepEqual([files[0]?.contentDiffers, files[0]?.patch], [true, undefined])
  })

  it('finds changed contents behind equal sizes and times, but only where contents are compared', async () => {
    const sides = [[file('/x', 'a')], [file('/x', 'b')]] as const
    assert.equal((await compare(...sides)).files.length, 1)
    assert.deepEqual((await compare(...sides, { contents: false })).files, [])
  })

  it('compares modes, owners, links and, of one container, times', async () => {
    const later = { mtimeSeconds: 60 }
    const a = [file('/m', ''), file('/o', ''), file('/t', '')]
    const b = [file('/m', '', { mode: 0o4755 }), file('/o', '', { uid: 33 }), file('/t', '', later)]
    const { files } = await compare(a, b)
    assert.deepEqual(
      files.map(({ path, b, contentDiffers }) => [path, b?.mode, b?.uid, b?.modifiedAt, contentDiffers]),
      [
        ['/m', '4755', 0, '1970-01-01T00:00:00.000Z', false],
        ['/o', '0644', 33, '1970-01-01T00:00:00.000Z', false],
        ['/t', '0644', 0, '1970-01-01T00:01:00.000Z', false],
      ],
    )
    assert.deepEqual(
      (await compare([file('/t', '')], [file('/t', '', later)], { sameContainer: false })).files,
      [],
    )
  })

  it('takes holes for zeros', async () => {
    const hole = file('/x', '', {
      size: 3,
      openContent: async () => ({ size: 3, pieces: [], missingBytes: 0 }),
    })
    assert.deepEqual((await compare([hole], [file('/x', '\0\0\0')])).files, [])
    assert.equal((await compare([hole], [file('/x', '\0\0a')])).files.length, 1)
  })

  it('takes no longer for files that are all hole', async () => {
    const size = 2 ** 50
    const sparse = (offset: number) =>
      file('/x', '', {
        size,
        openContent: async () => ({
          size,
          pieces: [{ offset, source: memorySource(Buffer.from('a')) }],
          missingBytes: 0,
        }),
      })
    assert.equal((await compare([sparse(2 ** 40)], [sparse(2 ** 40)])).files.length, 0)
    assert.equal((await compare([sparse(2 ** 40)], [sparse(2 ** 45)])).files.length, 1)
  })

  it('reports a file that can not be read, and compares the rest', async () => {
    const broken = file('/x', 'a', {
      openContent: () => Promise.reject(new FilesystemError('BAD_FILE_CONTENT', 'a.tar: broken')),
    })
    const { files, unreadable } = await compare([broken, file('/y', '1')], [file('/x', 'a'), file('/y', '2')])
    assert.deepEqual(unreadable, [{ entry: '/x', code: 'BAD_FILE_CONTENT', message: 'a.tar: broken' }])
    assert.deepEqual(
      files.map(({ path }) => path),
      ['/y'],
    )
  })

  it('gives times beyond the calendar in seconds', async () => {
    const { files } = await compare([], [file('/x', '', { mtimeSeconds: 2 ** 60 })])
    assert.match(files[0]?.b?.modifiedAt ?? '', /^\d+ s$/)
  })
})
