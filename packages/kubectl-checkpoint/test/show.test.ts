import assert from 'node:assert/strict'
import { PassThrough } from 'node:stream'
import { text } from 'node:stream/consumers'
import type { ItemFailure } from '@kubectl-checkpoint/core/actions'
import { ClusterError } from '@kubectl-checkpoint/core/remote/cluster'
import type { TextOptions, View } from '../src/output/view.ts'
import { show, showOutcome } from '../src/show.ts'

interface Result {
  readonly failures: readonly ItemFailure[]
}

const failures = [{ item: 'shop/web-1/app', error: new ClusterError('FORBIDDEN', 'no') }]

const view: View<Result> = {
  toDocument: () => ({ items: [{}] }),
  toText: () => 'a table\n',
  toNames: () => ['node-a:a.tar', 'node-a:\x1b.tar'],
}

function startShowing(format: Parameters<typeof showOutcome>[3]) {
  const [stdout, stderr] = [new PassThrough(), new PassThrough()]
  const io = {
    program: '',
    stdin: new PassThrough(),
    stdout,
    stderr,
    env: {},
    signal: new AbortController().signal,
  }
  const exitCode = showOutcome({ failures }, 2, view, format, {}, io).finally(() => {
    stdout.end()
    stderr.end()
  })
  exitCode.catch(() => {})
  return { exitCode, stdout: text(stdout), stderr: text(stderr) }
}

describe('show', () => {
  async function optionsOn(terminal: object, env: Readonly<Record<string, string>>): Promise<TextOptions> {
    const seen: TextOptions[] = []
    const io = {
      program: '',
      stdin: new PassThrough(),
      stdout: Object.assign(new PassThrough(), terminal),
      stderr: new PassThrough(),
      env,
      signal: new AbortController().signal,
    }
    const watch: View<Result> = {
      ...view,
      toText(_, options) {
        seen.push(options)
        return ''
      },
    }
    await show({ failures }, watch, { kind: 'text', wide: false }, {}, io)
    const [options] = seen
    assert.ok(options)
    return options
  }
  const terminal = { isTTY: true, columns: 100, rows: 30 }

  it('tells views the size of the terminal, and that of no pipe', async () => {
    const { width, height } = await optionsOn(terminal, {})
    assert.deepEqual([width, height], [100, 30])
    const pipe = await optionsOn({ columns: 100, rows: 30 }, {})
    assert.deepEqual([pipe.width, pipe.height, pipe.colours], [undefined, undefined, false])
  })

  it('takes the size of a terminal that says 0 for unknown', async () => {
    const { width, height } = await optionsOn({ isTTY: true, columns: 0, rows: 0 }, {})
    assert.deepEqual([width, height], [undefined, undefined])
  })

  it('lets views use colours on a terminal that has them, unless NO_COLOR is set', async () => {
    assert.equal((await optionsOn(terminal, {})).colours, true)
    assert.equal((await optionsOn(terminal, { NO_COLOR: '1' })).colours, false)
    assert.equal((await optionsOn(terminal, { TERM: 'dumb' })).colours, false)
  })
})

describe('showOutcome', () => {
  it('prints the result to stdout, failures to stderr', async () => {
    const { exitCode, stdout, stderr } = startShowing({ kind: 'text', wide: false })
    assert.equal(await exitCode, 3)
    assert.equal(await stdout, 'a table\n')
    assert.equal(await stderr, 'error: no (FORBIDDEN)\n')
  })

  it('tells what was done and what failed before it gives up on a template', async () => {
    const { exitCode, stdout, stderr } = startShowing({ kind: 'jsonpath', template: '{.items[?(@.a.b>1)]}' })
    await assert.rejects(exitCode, { code: 'USAGE' })
    assert.equal(await stdout, '')
    assert.equal(await stderr, 'done: node-a:a.tar\ndone: node-a:\\x1b.tar\nerror: no (FORBIDDEN)\n')
  })
})
