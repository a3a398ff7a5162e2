import assert from 'node:assert/strict'
import { PassThrough } from 'node:stream'
import { checkTerminal, confirm } from '../src/confirm.ts'

function terminal() {
  const abort = new AbortController()
  const stdin = Object.assign(new PassThrough(), { isTTY: true })
  const stderr = Object.assign(new PassThrough(), { isTTY: true })
  const io = { program: '', stdin, stdout: new PassThrough(), stderr, env: {}, signal: abort.signal }
  return { io, stdin, stderr, abort }
}

describe('confirm', () => {
  const answer = (line: string) => {
    const { io, stdin } = terminal()
    stdin.end(line)
    return confirm('Delete?', io)
  }

  it('asks on stderr', async () => {
    const { io, stdin, stderr } = terminal()
    stdin.end('y\n')
    await confirm('Delete 3 archives (1.2 GiB)?', io)
    assert.equal(String(stderr.read()), 'Delete 3 archives (1.2 GiB)? [y/N] ')
  })

  it('takes only yes for yes', async () => {
    for (const line of ['y\n', 'yes\n', 'Y\n', ' YES \n', 'y']) assert.equal(await answer(line), true)
    for (const line of ['\n', 'n\n', 'yess\n', 'delete\n', '', '\ny\n'])
      assert.equal(await answer(line), false)
  })

  it('ends with the reason of an interruption', async () => {
    const { io, abort } = terminal()
    const asked = confirm('Delete?', io)
    const reason = new Error('interrupted')
    abort.abort(reason)
    await assert.rejects(asked, (error) => error === reason)
  })
})

describe('checkTerminal', () => {
  it('refuses to ask where nobody can see the question, or answer it', () => {
    const { io } = terminal()
    checkTerminal(io)
    const blind = { ...io, stderr: new PassThrough() }
    const mute = { ...io, stdin: new PassThrough() }
    for (const each of [blind, mute]) assert.throws(() => checkTerminal(each), { code: 'USAGE' })
  })
})
