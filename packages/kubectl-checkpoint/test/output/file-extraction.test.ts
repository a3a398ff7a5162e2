import assert from 'node:assert/strict'
import type { FileExtraction } from '@kubectl-checkpoint/core/documents'
import { describeExtraction, extractionView } from '../../src/output/file-extraction.ts'
import { describeGaps } from '../../src/output/file-gaps.ts'

const extraction: FileExtraction = {
  apiVersion: 'kubectl-checkpoint/v1',
  kind: 'FileExtraction',
  archive: 'a.tar',
  folder: '/out',
  items: [
    { path: '/a', type: 'directory', localPath: '/out/a', sizeBytes: 1024 },
    { path: '/a/b', type: 'file', localPath: '/out/a/b', sizeBytes: 1024 },
  ],
  skipped: [
    { path: '/dev/null', reason: 'device' },
    { path: '/dev/zero', reason: 'device' },
    { path: '/x\u001b', reason: 'deleted' },
  ],
  unreadable: [],
}

describe('extractionView', () => {
  it('says nothing on stdout, but with -o wide where each file went', () => {
    assert.equal(extractionView.toText(extraction, { wide: false, headers: true, width: undefined }), '')
    assert.match(
      extractionView.toText(extraction, { wide: true, headers: true, width: undefined }),
      /^file {8}1 KiB {3}\/a\/b {3}\/out\/a\/b$/m,
    )
    assert.deepEqual(extractionView.toNames(extraction), ['/out/a', '/out/a/b'])
  })
})

describe('describeExtraction', () => {
  it('says what was made, and what was left out and why', () => {
    assert.equal(
      describeExtraction(extraction),
      [
        'extracted 1 file, 1 folder to /out',
        'left out /x\\x1b: deleted, and their content is not in the archive',
        'left out /dev/null and 1 more: devices or pipes: --devices makes them, too',
        '',
      ].join('\n'),
    )
    assert.equal(describeExtraction({ ...extraction, items: [], skipped: [] }), 'extracted nothing to /out\n')
  })
})

describe('describeGaps', () => {
  it('says which zeros stand for something else', () => {
    const whole = { path: '/a', sizeBytes: 9000, holeBytes: 0, missingBytes: 0 }
    assert.equal(describeGaps(whole), '')
    assert.equal(describeGaps({ ...whole, holeBytes: 4096 }), 'note: /a has holes: 4 KiB of zeros\n')
    assert.match(describeGaps({ ...whole, missingBytes: 4096 }), /^note: the archive lacks 4 KiB of \/a,/)
  })
})
