import { deepEqual, equal } from 'node:assert/strict'
import { countingSource, openLocalFile } from '@kubectl-checkpoint/core/bytes'
import { openArchive } from '@kubectl-checkpoint/core/checkpoint/archive'
import { readLog } from '@kubectl-checkpoint/core/checkpoint/container'
import { craftTar, type FixtureName, fixture, virtualSource } from '@kubectl-checkpoint/test-support'
import { metadataEntries } from '../craft-metadata.ts'

async function readFixture(name: FixtureName) {
  await using file = await openLocalFile(fixture(name))
  return await readLog(await openArchive(file))
}
const openWithLog = (data: string, name = 'container.log') =>
  openArchive(virtualSource(craftTar([...metadataEntries(), { name, data }])))
const linesOf = async (...lines: readonly string[]) =>
  (await readLog(await openWithLog(lines.join('\n'))))?.lines

describe('readLog', () => {
  const cases: readonly (readonly [FixtureName, string, readonly string[]])[] = [
    ['containerd-miner', 'container.log', ['listening on 31337', 'request 1', 'request 2', 'request 3']],
    [
      'crio-miner',
      'io.kubernetes.cri-o.LogPath',
      ['listening on 31337', 'request 1', 'request 2', 'request 3'],
    ],
    ['podman-counter', 'ctr.log', ['listening on 31337']],
    ['containerd-svc', 'container.log', []],
  ]
  for (const [name, entry, texts] of cases) {
    it(`finds the log of ${name} in ${entry}`, async () => {
      const log = await readFixture(name)
      deepEqual([log?.entry, log?.truncated, log?.lines.map(({ text }) => text)], [entry, false, texts])
    })
  }
  it('says when a line was written, and to which stream', async () => {
    const log = await readFixture('containerd-miner')
    deepEqual(log?.lines[1], { time: '2026-11-23T13:41:25.355518339Z', stream: 'stdout', text: 'request 1' })
  })
  it('puts lines together that the engine split, each stream for itself', async () => {
    deepEqual(
      await linesOf(
        't1 stdout P one, ',
        't2 stderr P other ',
        't3 stdout P two, ',
        't4 stdout F three',
        't5 stderr F end',
        't6 stdout F  spaces stay ',
        't7 stdout P never ended',
      ),
      [
        { time: 't1', stream: 'stdout', text: 'one, two, three' },
        { time: 't2', stream: 'stderr', text: 'other end' },
        { time: 't6', stream: 'stdout', text: ' spaces stay ' },
        { time: 't7', stream: 'stdout', text: 'never ended' },
      ],
    )
  })
  it('reads lines of JSON', async () => {
    deepEqual(
      await linesOf(
        '{"log":"half ","stream":"stderr","time":"t1"}',
        '{"log":"whole\\n","stream":"stderr","time":"t2"}',
        '{"log":"no time"}',
      ),
      [{ time: 't1', stream: 'stderr', text: 'half whole' }, { text: '{"log":"no time"}' }],
    )
  })
  it('keeps lines of no known form as they are', async () => {
    deepEqual(await linesOf('plain', '', 't stdin F x', 't stdout F '), [
      { text: 'plain' },
      { text: '' },
      { text: 't stdin F x' },
      { time: 't', stream: 'stdout', text: '' },
    ])
  })
  it('reads no more than the end of a long log, from a whole line on, in one read', async () => {
    const line = (n: number) => `t stdout F line ${String(n).padStart(6, '0')}\n`
    const text = Array.from({ length: 20_000 }, (_, n) => line(n)).join('')
    const source = countingSource(
      virtualSource(craftTar([...metadataEntries(), { name: 'container.log', data: text }])),
    )
    const archive = await openArchive(source)
    const readsBefore = source.reads
    const log = await readLog(archive, { maxBytes: 100 })
    equal(source.reads - readsBefore, 1)
    deepEqual(
      log?.lines.map((one) => one.text),
      ['line 019996', 'line 019997', 'line 019998', 'line 019999'],
    )
    deepEqual([log?.truncated, log?.sizeBytes], [true, text.length])
  })
  it('gives nothing where no one kept a log', async () => {
    equal(await readLog(await openArchive(virtualSource(craftTar(metadataEntries())))), undefined)
  })
  it('finds a log in an archive without an engine’s marks', async () => {
    const entries = [...metadataEntries(undefined, {}), { name: 'ctr.log', data: 't stdout F hi\n' }]
    equal((await readLog(await openArchive(virtualSource(craftTar(entries)))))?.lines[0]?.text, 'hi')
  })
})
