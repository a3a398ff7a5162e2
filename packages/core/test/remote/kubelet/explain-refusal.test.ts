import assert from 'node:assert/strict'
import { fixtureText } from '@kubectl-checkpoint/test-support'
import { explainRefusal, KubeletError } from '../../../src/remote/kubelet/index.ts'

const refused = new KubeletError('CRIU_REFUSED', 'CRIU could not dump shop/svc-tcp/svc', {
  hint: 'The reason is in /run/criu-dump.log on node-b.',
  logPath: '/run/criu-dump.log',
})

describe('explainRefusal', () => {
  it('puts the reason of a real log into the message, and what to set where into the fix', () => {
    const error = explainRefusal(refused, fixtureText('logs/criu-dump-tcp-established.log'))
    assert.equal(error.code, 'CRIU_REFUSED')
    assert.match(error.message, /^CRIU could not dump shop\/svc-tcp\/svc\. The container has established TCP/)
    assert.match(error.message, /127\.0\.0\.1:37578/)
    assert.equal(error.fix?.nodeFile?.path, '/etc/criu/runc.conf')
    assert.equal(error.fix.nodeFile.content, 'tcp-established\n')
    assert.equal(error.logPath, refused.logPath)
    assert.equal(error.cause, refused)
  })

  it('joins the settings that several causes need', () => {
    const error = explainRefusal(
      refused,
      'Error (criu/sk-inet.c:200): inet: Connected TCP socket, consider using --tcp-established option.\n' +
        'Error (criu/file-lock.c:110): Some file locks are hold by dumping tasks! You can try --file-locks\n',
    )
    assert.equal(error.fix?.nodeFile?.content, 'tcp-established\nfile-locks\n')
  })

  it('has no fix where no setting helps', () => {
    const error = explainRefusal(
      refused,
      'Error (criu/sk-netlink.c:77): netlink: The socket has data to read\n',
    )
    assert.match(error.message, /netlink/)
    assert.equal(error.fix, undefined)
  })

  it('quotes the first error that it does not know, and keeps the hint', () => {
    const error = explainRefusal(refused, 'Error (criu/x.c:1): first\nError (criu/x.c:2): second\n')
    assert.match(error.message, /CRIU says: Error \(criu\/x\.c:1\): first$/)
    assert.equal(error.hint, refused.hint)
    assert.equal(error.logPath, refused.logPath)
  })

  it('leaves the error as it is when the log has no reason', () => {
    assert.equal(explainRefusal(refused, '(00.1) Dumping\n'), refused)
  })
})
