import assert from 'node:assert/strict'
import { ClusterError } from '@kubectl-checkpoint/core/remote/cluster'
import { Interruption } from '../../src/interruption.ts'
import { describeError } from '../../src/output/error.ts'

describe('describeError', () => {
  it('prints message and code, hint and fix as paragraphs that fit the width', () => {
    const error = new ClusterError('FORBIDDEN', 'jane may not create pods in namespace shop', {
      hint: 'Ask somebody who may bind roles in the namespace to apply this, or use --reader-namespace.',
      fix: {
        manifest: 'kind: RoleBinding\nmetadata:\n  name: readers\n',
        commands: ['kubectl auth can-i create pods'],
      },
    })
    assert.equal(
      describeError(error, 80),
      [
        'error: jane may not create pods in namespace shop (FORBIDDEN)',
        '',
        'Ask somebody who may bind roles in the namespace to apply this, or use',
        '--reader-namespace.',
        '',
        "kubectl apply -f - <<'EOF'",
        'kind: RoleBinding',
        'metadata:',
        '  name: readers',
        'EOF',
        '',
        'kubectl auth can-i create pods',
        '',
      ].join('\n'),
    )
  })

  it('fits a narrow terminal', () => {
    const text = describeError(new ClusterError('API_FAILED', 'one two three', { hint: 'four five six' }), 14)
    assert.equal(text, 'error: one two\nthree\n(API_FAILED)\n\nfour five six\n')
  })

  it("prints a node's file with its path, its lines and what follows", () => {
    const nodeFile = {
      path: '/etc/criu/runc.conf',
      content: 'tcp-established\n',
      afterwards: 'Then try again.',
    }
    assert.equal(
      describeError(new ClusterError('API_FAILED', 'no', { fix: { nodeFile } }), 80),
      'error: no (API_FAILED)\n\nIn /etc/criu/runc.conf on the node:\n\n    tcp-established\n\nThen try again.\n',
    )
  })

  it('lets no manifest end its own heredoc', () => {
    const error = new ClusterError('API_FAILED', 'no', { fix: { manifest: 'a: |\nEOF\nreboot\nEOF_\n' } })
    assert.equal(
      describeError(error, 80),
      "error: no (API_FAILED)\n\nkubectl apply -f - <<'EOF__'\na: |\nEOF\nreboot\nEOF_\nEOF__\n",
    )
  })

  it('escapes what servers said, everywhere', () => {
    const evil = '\x1b[2J'
    const nodeFile = { path: evil, content: evil, afterwards: evil }
    const fix = { manifest: evil, commands: [evil], nodeFile }
    const text = describeError(new ClusterError('API_FAILED', evil, { hint: evil, fix }), 80)
    assert.match(text, /^[\n -~]*$/)
    assert.equal(text.split('\\x1b[2J').length - 1, 7)
  })

  it('says that the user ended it', () => {
    assert.equal(describeError(new Interruption('SIGINT'), 80), 'error: interrupted\n')
  })

  it('shows the stack of an error that nobody foresaw', () => {
    const text = describeError(new TypeError('x is not a function'), 80)
    assert.match(
      text,
      /^error: this is a defect of kubectl-checkpoint\n\nTypeError: x is not a function\n {4}at /,
    )
    assert.match(describeError('thrown text', 80), /thrown text/)
  })
})
