import assert from 'node:assert/strict'
import { once } from 'node:events'
import { rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { text } from 'node:stream/consumers'
import { fixture, fixturePath } from '@kubectl-checkpoint/test-support'
import { inspections } from '../../packages/core/src/documents/inspection.ts'
import { run, start } from './run.ts'

describe('kubectl-checkpoint inspect FILE', () => {
  it('shows what this is, its processes as a tree, and what is odd', async () => {
    const { stdout, stderr, exitCode } = await run(['inspect', fixture('podman-counter')])
    assert.match(stdout, /^Container: {3,}counter\n/)
    assert.match(stdout, /^Image: +localhost\/app:1$/m)
    assert.match(stdout, /^Engine: +podman, runc$/m)
    assert.match(stdout, /^Listening: +tcp 0\.0\.0\.0:31337 by kinsing \(1\)$/m)
    assert.match(
      stdout,
      /\n\nPID {3}COMM {13}ARGS\n1 {5}kinsing {10}\/data\/kinsing 31337 2\n6 {6}\\_ kdevtmpfsi {3}\/data\/kinsing 31337 2\n\n/,
    )
    assert.match(stdout, /^SEVERITY {3}PID {3}FINDING\nhigh {7}6 {5}/m)
    assert.equal(stderr, '')
    assert.equal(exitCode, 0)
  })

  it('adds columns and evidence with -o wide, and drops headers with --no-headers', async () => {
    const { stdout } = await run(['inspect', fixture('podman-counter'), '-o', 'wide', '--no-headers'])
    assert.match(stdout, /^1 {3}0 {3}1 {3}1 {3}0 {3}0 {3}running {3}1 {3}kinsing /m)
    assert.match(stdout, /^high {2}[a-z-]+ {2}PID 6\n {2}\S.*\n {4}\S/m)
  })

  it('shows sections alone, of the processes that are named', async () => {
    const { stdout } = await run(['inspect', fixture('containerd-svc'), '--env', '-p', '8', '--no-headers'])
    assert.match(stdout, /^8 {3}HOSTNAME=svc$/m)
    assert.doesNotMatch(stdout, /^1 /m)
  })

  it('shows all sections below an overview', async () => {
    const { stdout } = await run(['inspect', fixture('containerd-svc'), '--all'])
    assert.match(stdout, /^Container: +svc\n/)
    assert.match(stdout, /\n\nSockets\nPID {3}FD {3}PROTO /)
    assert.match(stdout, /\n\nDump statistics\nTime to freeze: /)
  })

  it('describes a process that is named', async () => {
    const { stdout } = await run(['inspect', fixture('podman-counter'), '-p', '6'])
    assert.match(stdout, /^PID: +6\nParent: +1\n/)
    assert.match(stdout, /^Executable: +\/data\/kinsing$/m)
  })

  it('shows several archives after each other, and why one could not be read', async () => {
    const { stdout, stderr, exitCode } = await run([
      'inspect',
      fixture('podman-counter'),
      './missing.tar',
      fixture('containerd-svc'),
    ])
    assert.match(stdout, /^==> \S+podman-counter\S* <==\nContainer: +counter\n/)
    assert.match(stdout, /\n\n==> \S+containerd-svc\S* <==\nContainer: +svc\n/)
    assert.match(stderr, /\(FILE_NOT_FOUND\)/)
    assert.equal(exitCode, 3)
  })

  it('prints everything as JSON, or the sections that are asked for', async () => {
    const whole = JSON.parse((await run(['inspect', fixture('containerd-miner'), '-o', 'json'])).stdout)
    assert.equal(whole.apiVersion, 'kubectl-checkpoint/v1')
    assert.equal(whole.kind, 'Inspection')
    assert.equal(whole.container.engine, 'containerd')
    assert.equal(whole.container.namespace, 'shop')
    assert.ok(whole.processes[0].memory.mappings.length > 5)
    const part = JSON.parse(
      (await run(['inspect', fixture('containerd-miner'), '-o', 'json', '--env'])).stdout,
    )
    assert.deepEqual(
      [part.processes[0].env.length > 5, part.processes[0].memory, part.spec],
      [true, undefined, undefined],
    )
  })

  it('prints several archives as a list, which its schema describes', async () => {
    const archives = [fixture('podman-counter'), './missing.tar', fixture('crio-miner')]
    const { stdout, exitCode } = await run(['inspect', ...archives, '-o', 'json'])
    const list: unknown = JSON.parse(stdout)
    const { items, failures } = inspections.parse(list)
    assert.deepEqual(
      [items.map(({ container }) => container?.engine), failures.map(({ item }) => item), exitCode],
      [['podman', 'cri-o'], ['./missing.tar'], 3],
    )
    assert.deepEqual(inspections.parse(list), list)
  })

  it('fills a JSONPath template', async () => {
    const template = 'jsonpath={range .processes[*]}{.pid} {.comm}{"\\n"}{end}'
    const { stdout } = await run(['inspect', fixture('podman-counter'), '-o', template])
    assert.equal(stdout, '1 kinsing\n6 kdevtmpfsi\n')
  })

  it('reads a compressed archive, and leaves nothing behind', async () => {
    const path = fixturePath('archives-compressed/podman-counter.tar.zst')
    const { stdout, exitCode } = await run(['inspect', path])
    assert.match(stdout, /^Container: +counter\n/)
    assert.equal(exitCode, 0)
  })

  it('says which of the processes that are named are not there, and shows the others', async () => {
    const some = await run(['inspect', fixture('podman-counter'), '-p', '6,99'])
    assert.match(some.stdout, /^PID: +6\n/)
    assert.match(some.stderr, /^error: \S+ has no\sprocess 99 \(NO_SUCH_PROCESS\)\n/)
    assert.equal(some.exitCode, 3)
    const none = await run(['inspect', fixture('podman-counter'), '-p', '99', '-o', 'json'])
    assert.match(none.stderr, /\(NO_SUCH_PROCESS\)\n.*It has 1, 6\./s)
    assert.deepEqual([none.stdout, none.exitCode], ['', 4])
  })

  it('refuses what is no process ID', async () => {
    const { stderr, exitCode } = await run(['inspect', fixture('podman-counter'), '-p', '1,kinsing'])
    assert.match(stderr, /^error: --pid: "kinsing" is not a process ID \(USAGE\)/)
    assert.equal(exitCode, 2)
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
