import assert from 'node:assert/strict'
import { PassThrough } from 'node:stream'
import { text } from 'node:stream/consumers'
import { mock } from 'node:test'
import type { ActionEvent, Run } from '@kubectl-checkpoint/core/actions'
import { follow } from '../src/follow.ts'
import { Interruption } from '../src/interruption.ts'
import type { Io } from '../src/io.ts'
import { liveReporter } from '../src/output/live-reporter.ts'
import { openLiveView } from '../src/output/live-view.tsx'

const item = 'shop/web-0/app'

function buildIo(stderr: Io['stderr'], signal = new AbortController().signal): Io {
  return {
    program: 'kubectl-checkpoint',
    stdin: new PassThrough(),
    stdout: new PassThrough(),
    stderr,
    env: {},
    signal,
  }
}

function buildRun<Result>(events: readonly ActionEvent[], result: Promise<Result>): Run<ActionEvent, Result> {
  result.catch(() => {})
  return {
    result,
    async *[Symbol.asyncIterator]() {
      yield* events
      await result.catch(() => {})
    },
  }
}

describe('follow', () => {
  it('prints a line a step where stderr is no terminal, and hands the result over', async () => {
    const stderr = new PassThrough()
    const events: readonly ActionEvent[] = [
      { type: 'phase', item, phase: 'checkpointing' },
      { type: 'notice', notice: { kind: 'already-here', path: './a.tar' } },
    ]
    assert.equal(await follow(buildRun(events, Promise.resolve(42)), buildIo(stderr)), 42)
    stderr.end()
    assert.equal(
      await text(stderr),
      `${item}: checkpointing\nnote: ./a.tar is here already, with the same content\n`,
    )
  })

  it('says that an interrupted action cleans up, and throws what it throws', async () => {
    const stderr = new PassThrough()
    const controller = new AbortController()
    const interruption = new Interruption('SIGINT')
    const { promise, reject } = Promise.withResolvers<never>()
    const following = follow(buildRun([], promise), buildIo(stderr, controller.signal))
    controller.abort(interruption)
    reject(interruption)
    await assert.rejects(following, interruption)
    stderr.end()
    assert.equal(await text(stderr), 'stopping and cleaning up; Ctrl-C once more leaves at once\n')
  })

  it('wraps a note to the terminal, but no command to paste', async () => {
    const stderr = Object.assign(new PassThrough(), { isTTY: true, columns: 24, rows: 24 })
    const notice = { kind: 'archive-stays', archive: 'node-a:checkpoint-web-0.tar' } as const
    await follow(buildRun([{ type: 'notice', notice }], Promise.resolve()), buildIo(stderr))
    stderr.end()
    assert.equal(
      await text(stderr),
      'note: its archive stays\non the node; bring it\nhere with:\nkubectl checkpoint fetch node-a:checkpoint-web-0.tar\n',
    )
  })

  it('loads no live view for an action that ends at once, even on a terminal', async () => {
    const stderr = Object.assign(new PassThrough(), { isTTY: true, columns: 80, rows: 24 })
    const events: readonly ActionEvent[] = [
      { type: 'phase', item, phase: 'checkpointing' },
      { type: 'phase', item, phase: 'failed' },
    ]
    await follow(buildRun(events, Promise.resolve()), buildIo(stderr))
    stderr.end()
    assert.equal(await text(stderr), `${item}: failed\n`)
  })
})

describe('liveReporter', () => {
  it('says each step in a line where the live view cannot be loaded', async () => {
    mock.timers.enable({ apis: ['setTimeout'] })
    try {
      const stderr = new PassThrough()
      const reporter = liveReporter(stderr, () => Promise.reject(new Error('no such chunk')))
      mock.timers.tick(1000)
      await new Promise(setImmediate)
      reporter.report({ type: 'phase', item, phase: 'checkpointing' })
      await reporter.end()
      stderr.end()
      assert.equal(await text(stderr), `${item}: checkpointing\n`)
    } finally {
      mock.timers.reset()
    }
  })
})

describe('openLiveView', () => {
  it('draws rows that read alike', async () => {
    const stderr = Object.assign(new PassThrough(), { isTTY: true, columns: 20, rows: 24 })
    const complaints = mock.method(console, 'error', () => {})
    const view = openLiveView(stderr)
    view.draw(['downloading', 'downloading'])
    await view.close()
    complaints.mock.restore()
    assert.equal(complaints.mock.callCount(), 0)
  })

  it('breaks no line that it logs', async () => {
    const stderr = Object.assign(new PassThrough(), { isTTY: true, columns: 20, rows: 24 })
    const view = openLiveView(stderr)
    view.log('with:\nkubectl checkpoint fetch node-a:checkpoint-web-0.tar')
    await view.close()
    stderr.end()
    assert.match(await text(stderr), /^kubectl checkpoint fetch node-a:checkpoint-web-0\.tar$/m)
  })

  it('draws rows, and leaves only what was logged', async () => {
    const stderr = Object.assign(new PassThrough(), { isTTY: true, columns: 20, rows: 24 })
    const view = openLiveView(stderr)
    view.draw(['web-0: downloading'])
    view.log('web-1: done')
    await view.close()
    stderr.end()
    const written = await text(stderr)
    assert.match(written, /web-1: done/)
    assert.equal(written.match(/web-1: done/g)?.length, 1)
    const afterwards = written.slice(written.indexOf('web-1: done') + 'web-1: done'.length)
    assert.doesNotMatch(afterwards.split('\x1b[2K').at(-1) ?? '', /web-0/)
  })
})
