import assert from 'node:assert/strict'
import type { Notice } from '@kubectl-checkpoint/core/actions'
import { describeNotice } from '../../src/output/notices.ts'

const reason = 'the reason'
const sentences: readonly (readonly [Notice, string])[] = [
  [
    { kind: 'started-together', pod: 'shop/web-0', containers: 3, spreadSeconds: 0.004 },
    'shop/web-0: 3 containers started within 4 ms',
  ],
  [
    { kind: 'started-together', pod: 'shop/web-0', containers: 2, spreadSeconds: 0 },
    'shop/web-0: 2 containers started within 1 ms',
  ],
  [
    { kind: 'not-annotated', pod: 'shop/web-0', reason },
    'shop/web-0: the time of its checkpoint could not be written onto it: the reason',
  ],
  [
    { kind: 'default-container', pod: 'web-0', container: 'app', others: ['proxy', 'log'] },
    'web-0: took container app, not proxy, log; choose with -c, or take all with --all-containers',
  ],
  [
    { kind: 'container-skipped', pod: 'web-0', container: 'init', reason },
    'web-0: left out container init: the reason',
  ],
  [{ kind: 'pod-skipped', pod: 'web-0', reason }, 'web-0: left out: the reason'],
  [
    { kind: 'timeout-below-minimum', timeoutSeconds: 10, minimumSeconds: 120 },
    '--timeout of 10 s has no effect: unless configured otherwise, the kubelet waits at least 120 s',
  ],
  [{ kind: 'connection-resumed', atByte: 1536, reason }, 'connection lost (the reason); went on at 1.5 KiB'],
  [{ kind: 'already-here', path: './a.tar' }, './a.tar is here already, with the same content'],
  [
    { kind: 'archive-stays', archive: 'node-a:a.tar' },
    'its archive stays on the node; bring it here with: kubectl checkpoint fetch node-a:a.tar',
  ],
  [
    { kind: 'archive-growing', archive: 'node-a:a.tar', size: 1536 },
    'the node is still writing the checkpoint: node-a:a.tar (1.5 KiB so far)',
  ],
  [
    { kind: 'archive-appeared', archive: 'node-a:a.tar', size: 1536 },
    'the node has written the checkpoint all the same: node-a:a.tar (1.5 KiB)',
  ],
  [{ kind: 'no-archive-appeared', node: 'node-a' }, 'node-a has no new archive of this container so far'],
  [
    { kind: 'node-not-searched', node: 'node-a', reason },
    'node-a could not be searched for an archive: the reason',
  ],
  [
    { kind: 'log-not-read', path: '/run/criu-dump.log', reason },
    "CRIU's log /run/criu-dump.log could not be read, which says why it refused: the reason",
  ],
  [
    { kind: 'reader-left', namespace: 'shop', pod: 'checkpoint-reader-1', reason },
    'could not delete the reader pod (the reason); do it with: kubectl delete pod -n shop checkpoint-reader-1',
  ],
]

describe('describeNotice', () => {
  for (const [notice, sentence] of sentences) {
    it(`words ${notice.kind}`, () => {
      assert.equal(describeNotice(notice), sentence)
    })
  }

  it('quotes what a node put into a command to paste', () => {
    const archive = 'node-a:a;reboot.tar'
    assert.match(describeNotice({ kind: 'archive-stays', archive }), / fetch 'node-a:a;reboot\.tar'$/)
    const [namespace, pod] = ['$(reboot)', '`reboot`']
    assert.match(
      describeNotice({ kind: 'reader-left', namespace, pod, reason }),
      / -n '\$\(reboot\)' '`reboot`'$/,
    )
  })
})
