import assert from 'node:assert/strict'
import type { ActionEvent } from '@kubectl-checkpoint/core/actions'
import { noProgress, type Progress, reduceProgress } from '../../src/output/progress.ts'
import { progressRows } from '../../src/output/progress-rows.ts'

const item = 'shop/web-0/app'
const mebibyte = 1024 ** 2
const screen = { columns: 80, rows: 24 }

const phase = (phase: Extract<ActionEvent, { type: 'phase' }>['phase'], of = item): ActionEvent => ({
  type: 'phase',
  item: of,
  phase,
})
const progress = (doneBytes: number): ActionEvent => ({
  type: 'progress',
  item,
  doneBytes,
  totalBytes: 100 * mebibyte,
})

function reduce(events: readonly (readonly [now: number, event: ActionEvent])[]): Progress {
  return events.reduce((state, [now, event]) => reduceProgress(state, event, now), noProgress)
}

describe('reduceProgress', () => {
  it("doesn't count waiting as work", () => {
    const state = reduce([
      [0, phase('waiting')],
      [5_000, phase('checkpointing')],
      [6_000, phase('downloading')],
    ]).get(item)
    assert.equal(state?.startedAt, 5_000)
    assert.equal(state?.phaseStartedAt, 6_000)
  })

  it('knows rate and remaining time from the second report on', () => {
    const first: (readonly [number, ActionEvent])[] = [
      [0, phase('downloading')],
      [1_000, progress(10 * mebibyte)],
    ]
    assert.equal(reduce(first).get(item)?.transfer?.bytesPerSecond, undefined)
    const transfer = reduce([...first, [2_000, progress(20 * mebibyte)]]).get(item)?.transfer
    assert.equal(transfer?.bytesPerSecond, 10 * mebibyte)
    assert.equal(transfer?.secondsLeft, 8)
  })

  it('forgets how fast it was more than five seconds ago', () => {
    const reports = Array.from({ length: 30 }, (_, second): [number, ActionEvent] => [
      second * 1000,
      progress(second < 10 ? second * mebibyte : (10 + (second - 10) * 2) * mebibyte),
    ])
    assert.equal(reduce(reports).get(item)?.transfer?.bytesPerSecond, 2 * mebibyte)
  })

  it('keeps few samples of many reports', () => {
    const reports = Array.from({ length: 60_000 }, (_, ms): [number, ActionEvent] => [ms, progress(ms)])
    const state = reduce(reports).get(item)
    assert.ok(state && state.samples.length <= 25, `${state?.samples.length} samples`)
    assert.equal(state.transfer?.doneBytes, 59_999)
  })

  it('knows no remaining time while nothing comes', () => {
    const state = reduce([
      [0, progress(10)],
      [1_000, progress(10)],
    ])
    assert.equal(state.get(item)?.transfer?.bytesPerSecond, 0)
    assert.equal(state.get(item)?.transfer?.secondsLeft, undefined)
  })

  it('starts anew with each phase', () => {
    const state = reduce([
      [0, progress(10)],
      [1_000, phase('verifying')],
    ])
    assert.equal(state.get(item)?.transfer, undefined)
  })

  it('leaves earlier states as they were', () => {
    const before = reduce([[0, phase('checkpointing')]])
    reduceProgress(before, phase('done'), 1_000)
    assert.equal(before.get(item)?.phase, 'checkpointing')
  })
})

describe('progressRows', () => {
  const downloading = reduce([
    [0, phase('downloading')],
    [1_000, progress(10 * mebibyte)],
    [3_000, progress(30 * mebibyte)],
  ])

  it('shows phase, time, bytes, rate and remaining time', () => {
    assert.deepEqual(progressRows(downloading, 3_500, screen), [
      'shop/web-0/a…: downloading 3.5s, 30 MiB of 100 MiB (30.0 %), 10 MiB/s, 7.0s left',
    ])
    assert.deepEqual(progressRows(downloading, 3_500, { ...screen, columns: 60 }), [
      'shop/web-0/…: downloading 3.5s, 30 MiB of 100 MiB (30.0 %),…',
    ])
    assert.deepEqual(progressRows(downloading, 3_500, { ...screen, columns: 100 }), [
      'shop/web-0/app: downloading 3.5s, 30 MiB of 100 MiB (30.0 %), 10 MiB/s, 7.0s left',
    ])
  })

  it('never exceeds the screen', () => {
    const many = Array.from({ length: 15 }, (_, index): [number, ActionEvent] => [
      0,
      phase(index < 12 ? 'checkpointing' : 'waiting', `shop/web-${index}/a-container-with-a-long-name`),
    ])
    const rows = progressRows(reduce(many), 1_000, { columns: 30, rows: 10 })
    assert.ok(rows.length < 10)
    assert.ok(rows.every((row) => row.length <= 30))
    assert.equal(rows.at(-1), '4 more in work, 3 waiting')
  })

  it('counts all of a crowd', () => {
    const phases = ['done', 'failed', 'checkpointing', 'waiting', 'waiting'] as const
    const crowd = Array.from({ length: 500 }, (_, index): [number, ActionEvent] => [
      0,
      phase(phases[index % 5] ?? 'waiting', `shop/web-${index}/app`),
    ])
    const rows = progressRows(reduce(crowd), 1_000, screen)
    assert.equal(rows.length, 23)
    assert.equal(rows.at(-1), '100 of 500 done, 100 failed, 100 in work, 200 waiting')
  })

  it('shows nothing of what is done', () => {
    assert.deepEqual(
      progressRows(
        reduce([
          [0, phase('done')],
          [0, phase('failed', 'b')],
        ]),
        0,
        screen,
      ),
      [],
    )
  })

  it('escapes names', () => {
    assert.deepEqual(progressRows(reduce([[0, phase('checkpointing', 'a\x1b[2J')]]), 0, screen), [
      'a\\x1b[2J: checkpointing 0.0s',
    ])
  })
})
