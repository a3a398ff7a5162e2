import assert from 'node:assert/strict'
import { parseExecStatus, stdinMessages } from '../../../src/remote/cluster/exec-protocol.ts'

describe('stdinMessages', () => {
  it('cuts long input into messages of the stdin channel', () => {
    const bytes = Uint8Array.from({ length: 70_000 }, (_, index) => index)
    const messages = [...stdinMessages(bytes)]
    assert.deepEqual(
      messages.map((message) => [message[0], message.length]),
      [
        [0, 32_769],
        [0, 32_769],
        [0, 4465],
      ],
    )
    assert.deepEqual(Buffer.concat(messages.map((message) => message.subarray(1))), Buffer.from(bytes))
  })
})

describe('parseExecStatus', () => {
  const failure = (causes: unknown, message = 'm') =>
    JSON.stringify({ status: 'Failure', message, details: { causes } })

  it('reads past causes that are none', () => {
    const body = failure([null, 'x', { reason: 'ExitCode', message: '3' }])
    assert.equal(parseExecStatus(body, 'exec').exitCode, 3)
    assert.throws(() => parseExecStatus(failure(null), 'exec'), { code: 'EXEC_REFUSED' })
  })

  it('reads success', () => {
    assert.deepEqual(parseExecStatus('{"metadata":{},"status":"Success"}', 'exec'), {
      exitCode: 0,
      message: '',
    })
  })

  it('reads an exit code', () => {
    const status = parseExecStatus(failure([{ reason: 'ExitCode', message: '2' }]), 'exec')
    assert.deepEqual(status, { exitCode: 2, message: 'm' })
  })

  for (const causes of [
    undefined,
    [],
    [{ reason: 'ExitCode' }],
    [{ reason: 'ExitCode', message: '' }],
    'x',
  ]) {
    it(`says EXEC_REFUSED of a failure with causes ${JSON.stringify(causes)}`, () => {
      assert.throws(() => parseExecStatus(failure(causes, 'no such program'), 'exec in a/b/c'), {
        code: 'EXEC_REFUSED',
        message: 'exec in a/b/c: no such program',
      })
    })
  }

  for (const body of ['', 'null', '[]', '{"status":7}']) {
    it(`says EXEC_LOST of ${body || 'nothing'}`, () => {
      assert.throws(() => parseExecStatus(body, 'exec'), { code: 'EXEC_LOST' })
    })
  }
})
