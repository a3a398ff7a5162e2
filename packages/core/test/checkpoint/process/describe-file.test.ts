import assert from 'node:assert/strict'
import { describeFile } from '../../../src/checkpoint/process/describe-file.ts'
import type { FileTables } from '../../../src/checkpoint/process/file-tables.ts'
import { showPathOf } from '../../../src/checkpoint/process/show-path.ts'
import type { FileEntry, Memfd } from '../../../src/formats/criu/index.ts'

const path = (id: number, path: string, flags = 0): FileEntry => ({
  kind: 'path',
  id,
  flags,
  path,
  position: 0n,
})

const tables = (files: readonly FileEntry[], more: Partial<FileTables> = {}): FileTables => ({
  files: new Map(files.map((file) => [file.id, file])),
  remaps: new Map(),
  memfds: new Map(),
  terminals: new Map(),
  pipeQueues: new Map(),
  terminalQueues: new Map(),
  socketQueues: new Map(),
  systemVKeys: new Map(),
  ...more,
})

describe('describeFile', () => {
  it('says of a FIFO how its path was opened', () => {
    const fifo: FileEntry = { kind: 'fifo', id: 1, flags: 0, pipeId: 7, pathFileId: 2 }
    const readWriteNonblocking = 0o4002
    const described = describeFile(
      { fd: 15, fileId: 1, closeOnExec: false },
      fifo,
      tables([fifo, path(2, '/tmp/queue', readWriteNonblocking)]),
    )
    assert.deepEqual(described, {
      fd: 15,
      type: 'fifo',
      path: '/tmp/queue',
      deleted: false,
      access: 'rw',
      flags: ['O_NONBLOCK'],
    })
  })
})

describe('showPathOf', () => {
  it('knows an executable that was never in a folder', () => {
    const memfd: FileEntry = { kind: 'memfd', id: 3, flags: 0, memfdId: 9, position: 0n }
    const evil: Memfd = {
      name: 'evil',
      sizeBytes: 4096n,
      sharedMemoryId: 9,
      mode: 0o777,
      uid: 0,
      gid: 0,
      seals: 0,
    }
    const name = showPathOf(3, tables([memfd], { memfds: new Map([[9, evil]]) }))
    assert.deepEqual(name, { path: '/memfd:evil', deleted: true })
  })

  it('takes what a name ends with for the mark of a deleted file only where CRIU left the mark', () => {
    const gone = path(4, '/tmp/gone (deleted)')
    const remaps = new Map([[4, { kind: 'ghost', ghostId: 1 } as const]])
    assert.deepEqual(showPathOf(4, tables([gone], { remaps })), {
      path: '/tmp/gone (deleted)',
      deleted: true,
    })
    assert.deepEqual(showPathOf(4, tables([gone])), { path: '/tmp/gone', deleted: true })
  })
})
