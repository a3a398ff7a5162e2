import assert from 'node:assert/strict'
import type { FileDocument, FileList } from '@kubectl-checkpoint/core/documents'
import { filePathsView, fileTableView } from '../../src/output/file-list.ts'

const items: readonly FileDocument[] = [
  {
    path: '/tmp',
    type: 'directory',
    mode: '1777',
    uid: 0,
    gid: 0,
    sizeBytes: 2048,
    change: 'changed',
    origin: 'rootfs',
    modifiedAt: '2026-11-23T13:41:27.993Z',
  },
  { path: '/bin/su', type: 'file', mode: '6750', uid: 0, gid: 5, sizeBytes: 10, change: 'changed' },
  { path: '/link', type: 'symlink', mode: '0777', sizeBytes: 0, linkTarget: '/etc/\u001bpasswd' },
  {
    path: '/dev/null',
    type: 'character-device',
    mode: '0666',
    sizeBytes: 0,
    device: { major: 1, minor: 3 },
    origin: 'tmpfs',
  },
  { path: '/etc/motd', type: 'unknown', sizeBytes: 0, change: 'deleted' },
  { path: '/a\nb', type: 'directory', sizeBytes: 0 },
  { path: '/hard', type: 'file', mode: '4644', sizeBytes: 1, hardLinkTo: '/bin/su' },
]
const list: FileList = {
  apiVersion: 'kubectl-checkpoint/v1',
  kind: 'FileList',
  archive: 'a.tar',
  items,
  unreadable: [],
}
const options = { wide: false, headers: true, width: undefined }

describe('fileTableView', () => {
  it('shows files as ls -l does, and nothing that a terminal would obey', () => {
    assert.equal(
      fileTableView.toText(list, options),
      [
        'MODE         UID   GID   SIZE    MODIFIED               CHANGE    PATH',
        'drwxrwxrwt   0     0     2 KiB   2026-11-23T13:41:27Z   changed   /tmp',
        '-rwsr-s---   0     5     10 B    -                      changed   /bin/su',
        'lrwxrwxrwx   -     -     -       -                      -         /link -> /etc/\\x1bpasswd',
        'crw-rw-rw-   -     -     1, 3    -                      -         /dev/null',
        '??????????   -     -     -       -                      deleted   /etc/motd',
        'd?????????   -     -     0 B     -                      -         /a\\nb',
        '-rwSr--r--   -     -     1 B     -                      -         /hard = /bin/su',
        '',
      ].join('\n'),
    )
  })
  it('shows paths whole, however narrow the terminal is', () => {
    assert.equal(fileTableView.toText(list, { ...options, width: 20 }), fileTableView.toText(list, options))
  })
  it('says with -o wide from which part of the archive a file is', () => {
    const text = fileTableView.toText(list, { ...options, wide: true })
    assert.match(text, /changed {3}rootfs {3}\/tmp$/m)
    assert.match(text, /- {9}tmpfs {4}\/dev\/null$/m)
  })
  it('is the document itself for programs', () => {
    assert.equal(fileTableView.toDocument(list), list)
    assert.deepEqual(fileTableView.toNames(list).slice(0, 2), ['/tmp', '/bin/su'])
  })
})

describe('filePathsView', () => {
  it('shows a path a line, and a table with -o wide', () => {
    assert.equal(
      filePathsView.toText(list, options),
      '/tmp\n/bin/su\n/link\n/dev/null\n/etc/motd\n/a\\nb\n/hard\n',
    )
    assert.match(filePathsView.toText(list, { ...options, wide: true }), /^MODE /)
  })
})
