import assert from 'node:assert/strict'
import { PassThrough } from 'node:stream'
import { text } from 'node:stream/consumers'
import { main } from '../src/main.ts'
import { findPreparedHelp } from '../src/prepared-help.ts'

const layOut = async (columns: number, ...words: string[]) => {
  const stdout = Object.assign(new PassThrough(), { columns })
  const stderr = new PassThrough()
  await main(words, {
    program: '',
    stdin: new PassThrough(),
    stdout,
    stderr,
    env: {},
    signal: new AbortController().signal,
  })
  return text(stdout.end())
}

describe('findPreparedHelp', () => {
  it('leaves narrow terminals, other words and misspelt commands to the command', () => {
    assert.equal(findPreparedHelp(['--help'], '', 79), undefined)
    assert.equal(findPreparedHelp(['create', 'web-0', '--help'], ''), undefined)
    assert.equal(findPreparedHelp(['version'], ''), undefined)
  })

  it('is laid out anew for a narrow terminal, within its width but for examples', async () => {
    const help = await layOut(60, 'fetch', '--help')
    assert.deepEqual(
      help.split('\n').filter((line) => line.length > 60 && !/^ {2}(kubectl|#)/.test(line)),
      [],
    )
    assert.match(help, /^ {2}kubectl-checkpoint fetch node-a:checkpoint-web-0_\S+\.tar$/m)
  })

  it('is laid out as for 80 columns on a terminal that says 0 for unknown', async () => {
    assert.equal(await layOut(0, 'fetch', '--help'), await layOut(80, 'fetch', '--help'))
  })
})
