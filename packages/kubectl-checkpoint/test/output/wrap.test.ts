import assert from 'node:assert/strict'
import { wrap } from '../../src/output/wrap.ts'

describe('wrap', () => {
  it('breaks lines at spaces', () => {
    assert.equal(wrap('one two three four', 9), 'one two\nthree\nfour')
  })

  it('keeps a word that is longer than a line whole', () => {
    assert.equal(wrap('see /var/lib/kubelet/checkpoints now', 10), 'see\n/var/lib/kubelet/checkpoints\nnow')
  })

  it('keeps line ends', () => {
    assert.equal(wrap('a b\n\nc', 80), 'a b\n\nc')
  })

  it('keeps a command whole that a sentence ends with', () => {
    assert.equal(
      wrap('bring it here with: kubectl checkpoint fetch web-0/app', 20),
      'bring it here with:\nkubectl checkpoint fetch web-0/app',
    )
  })
})
