import assert from 'node:assert/strict'
import { once } from 'node:events'
import { rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { text } from 'node:stream/consumers'
import { fixture, fixturePath } from '@kubectl-checkpoint/test-support'
import { run, start } from './run.ts'

describe('kubectl-checkpoint inspect FILE', () => {
  it('shows the container and its processes as a tree', async () => {
    const { stdout, stderr, exitCode } = await run(['inspect', fixture('podman-counter')])
    assert.match(stdout, /^Container: {13}counter\n/)
    assert.match(stdout, /^Image: {17}localhost\/app:1$/m)
    assert.match(stdout, /^Engine: {16}podman$/m)
    assert.ok(
      stdout.endsWith(
        [
          'PID   COMM             ARGS',
          '1     kinsing          /data/kinsing 31337 2',
          '6      \\_ kdevtmpfsi   /data/kinsing 31337 2',
          '',
        ].join('\n'),
      ),
      stdout,
    )
    assert.equal(stderr, '')
    assert.equal(exitCode, 0)
  })

  it('adds columns with -o wide, and drops the header with --no-headers', async () => {
    const { stdout } = await run(['inspect', fixture('podman-counter'), '-o', 'wide', '--no-headers'])
    assert.match(stdout, /\n\n1 {3}0 {3}0 {3}running {3}1 {3}kinsing /)
  })

  it('prints the same as JSON', async () => {
    const { stdout } = await run(['inspect', fixture('containerd-miner'), '-o', 'json'])
    const inspection = JSON.parse(stdout)
    assert.equal(inspection.apiVersion, 'kubectl-checkpoint/v1')
    assert.equal(inspection.kind, 'Inspection')
    assert.equal(inspection.engine, 'containerd')
    assert.equal(inspection.container.namespace, 'shop')
  })

  it('fills a JSONPath template', async () => {
    const template = 'jsonpath={range .processes[*]}{.pid} {.comm}{"\\n"}{end}'
    const { stdout } = await run(['inspect', fixture('podman-counter'), '-o', template])
    assert.equal(stdout, '1 kinsing\n6 kdevtmpfsi\n')
  })

  it('says what to do with a compressed archive', async () => {
    const { stdout, stderr, exitCode } = await run([
      'inspect',
      fixturePath('archives-compressed/podman-counter.tar.zst'),
    ])
    assert.equal(stdout, '')
    assert.match(stderr, /is\s+compressed\s+with\s+zstd \(ARCHIVE_COMPRESSED\)\s+Decompress it first/)
    assert.equal(exitCode, 9)
  })

  it('refuses what is no archive', async () => {
    const path = join(tmpdir(), `kubectl-checkpoint-${process.pid}-no-archive.tar`)
    await writeFile(path, 'not a tar archive')
    const { stderr, exitCode } = await run(['inspect', path])
    await rm(path)
    assert.match(stderr, /^error: /)
    assert.equal(exitCode, 9)
  })

  it('does not mind a reader of stdout that has seen enough', async () => {
    const child = start(['inspect', fixture('containerd-svc'), '-o', 'yaml'])
    child.stdout.destroy()
    const exit = once(child, 'exit')
    assert.equal(await text(child.stderr), '')
    assert.deepEqual(await exit, [0, null])
  })
})
