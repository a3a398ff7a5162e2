import assert from 'node:assert/strict'
import type { CapturedCheckpoint } from '@kubectl-checkpoint/core/actions'
import { capturedView } from '../../src/output/captured.ts'
import { fetchedView } from '../../src/output/fetched.ts'

const transfer = { bytes: 512, keptBytes: 0, compression: 'gzip', connections: 2 } as const
const local = { path: './a.tar', size: 1536, sha256: 'f00', transfer }
const checkpoint: CapturedCheckpoint = {
  namespace: 'shop',
  pod: 'web-0',
  container: 'app\x1b',
  node: 'node-a',
  path: '/var/lib/kubelet/checkpoints/a.tar',
  archive: 'node-a:a.tar',
  startedAt: '2026-11-23T12:00:00.000Z',
  durationSeconds: 1,
  local,
}
const captured = { checkpoints: [checkpoint], pods: [], failures: [] }
const fetched = { archives: [{ archive: 'node-a:a.tar', ...local }], pods: [], failures: [] }

describe('a result on a terminal', () => {
  it('is a table where there is room for it', () => {
    const row = 'web-0   app\\x1b   node-a   node-a:a.tar   1.5 KiB   ./a.tar'
    const options = { wide: false, headers: false }
    assert.equal(capturedView.toText(captured, { ...options, width: row.length }), `${row}\n`)
    assert.notEqual(capturedView.toText(captured, { ...options, width: row.length - 1 }), `${row}\n`)
    assert.equal(capturedView.toText(captured, { ...options, width: undefined }), `${row}\n`)
  })

  it('is a block for each checkpoint where there is none', () => {
    assert.equal(
      capturedView.toText(captured, { wide: false, headers: true, width: 40 }),
      'web-0/app\\x1b on node-a\n  archive:    node-a:a.tar\n  size:       1.5 KiB\n  local file: ./a.tar\n',
    )
  })

  it('names all in wide blocks that a wide table has', () => {
    const text = capturedView.toText(captured, { wide: true, headers: true, width: 40 })
    assert.match(text, /^shop\/web-0\/app/)
    assert.match(text, /^ {2}took: {7}1\.0s\n {2}path: {7}\/var\/.*\n {2}sha256: {5}f00$/m)
  })

  it('is a block for each fetched archive, too', () => {
    assert.equal(
      fetchedView.toText(fetched, { wide: true, headers: true, width: 20 }),
      'node-a:a.tar\n  size:       1.5 KiB\n  local file: ./a.tar\n  transfer:   512 B by gzip over 2 connections\n  sha256:     f00\n',
    )
  })
})
