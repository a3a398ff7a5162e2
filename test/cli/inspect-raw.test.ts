import { deepEqual, equal, match } from 'node:assert/strict'
import { join } from 'node:path'
import { text } from 'node:stream/consumers'
import { fixture, imageSet, recordedCrit } from '@kubectl-checkpoint/test-support'
import { run, start } from './run.ts'

const loose = (name: string) => join(imageSet('processes'), name)

describe('kubectl-checkpoint inspect raw', () => {
  it('prints a loose image as CRIT shows it', async () => {
    const { stdout, stderr, exitCode } = await run(['inspect', 'raw', loose('fs-1.img')])
    equal(stdout, `${JSON.stringify(recordedCrit('processes')['fs-1.img']?.show, undefined, 4)}\n`)
    deepEqual([stderr, exitCode], ['', 0])
  })
  it('prints images of an archive, each as a line of JSON', async () => {
    const args = ['inspect', 'raw', fixture('podman-counter'), 'pstree', 'core-1', 'stats-dump', '-o', 'json']
    const { stdout } = await run(args)
    deepEqual(
      stdout
        .trimEnd()
        .split('\n')
        .map((line) => JSON.parse(line).magic),
      ['PSTREE', 'CORE', 'STATS'],
    )
  })
  it('leaves out what holds no messages, with one note', async () => {
    const files = ['rule-10.img', 'fs-1.img', 'route-10.img'].map(loose)
    const { stdout, stderr, exitCode } = await run(['inspect', 'raw', ...files])
    match(stdout, /^\{\s+"magic": "FS"/)
    match(stderr, /^note: \S+rule-10\.img and 1 more hold no messages.*\n$/)
    equal(exitCode, 0)
  })
  it('names images near to one that an archive does not have', async () => {
    const { stderr, exitCode } = await run(['inspect', 'raw', fixture('podman-counter'), 'core-99'])
    match(stderr, /there is no image core-99 in/)
    match(stderr, /Did you mean core-/)
    equal(exitCode, 4)
  })
  it('says of a file alone what it is that is no image', async () => {
    const { stdout, stderr, exitCode } = await run(['inspect', 'raw', loose('rule-10.img')])
    equal(stdout, '')
    match(stderr, /rule-10\.img:\s+magic\s+word 0x[0-9a-f]+, \d+\s+bytes\s+\(UNKNOWN_IMAGE\)/)
    match(stderr, /By its name it is routing rules/)
    equal(exitCode, 9)
  })
  it('leaves out data for --no-payload', async () => {
    const image = join(imageSet('sockets'), 'sk-queues.img')
    match((await run(['inspect', 'raw', '--no-payload', image])).stdout, /"extra": "\.\.\. <13B>"/)
  })
  it('refuses forms that images do not have', async () => {
    for (const form of ['wide', 'name']) {
      const { stderr, exitCode } = await run(['inspect', 'raw', loose('fs-1.img'), '-o', form])
      match(stderr, /is not for images/)
      equal(exitCode, 2)
    }
  })
  it('ends without a word when its reader has seen enough', async () => {
    const child = start(['inspect', 'raw', ...Array(200).fill(loose('files.img'))])
    child.stdout.once('data', () => child.stdout.destroy())
    equal(await text(child.stderr), '')
  })
  it('explains itself apart from inspect', async () => {
    const { stdout } = await run(['inspect', 'raw', '--help'])
    match(stdout, /inspect raw <images\.\.>/)
    equal(stdout.includes('--sockets'), false)
  })
})
