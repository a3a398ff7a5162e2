import assert from 'node:assert/strict'
import { once } from 'node:events'
import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { text } from 'node:stream/consumers'
import { fixture } from '@kubectl-checkpoint/test-support'
import { run, start } from './run.ts'

describe('kubectl-checkpoint files', () => {
  it('lists what an archive holds', async () => {
    const { stdout, stderr, exitCode } = await run(['files', 'ls', fixture('podman-counter'), '/tmp'])
    assert.equal(
      stdout,
      [
        'MODE         UID   GID   SIZE   MODIFIED               CHANGE    PATH',
        '-rw-------   0     0     18 B   2026-11-23T13:43:12Z   deleted   /tmp/deleted.bin',
        '-rw-------   0     0     8 B    2026-11-23T13:43:12Z   changed   /tmp/work.log',
        '',
      ].join('\n'),
    )
    assert.equal(stderr, '')
    assert.equal(exitCode, 0)
  })

  it('prints a file as it is, and says of folders that they are none', async () => {
    const file = await run(['files', 'cat', fixture('containerd-svc'), 'memfd:cfg'])
    assert.deepEqual(file, { stdout: 'MEMFD-MARKER-42', stderr: '', exitCode: 0 })
    const folder = await run(['files', 'cat', fixture('containerd-svc'), '/tmp'])
    assert.match(folder.stderr, /^error: \/tmp is a directory.*\(NO_CONTENT\)/)
    assert.equal(folder.exitCode, 2)
  })

  it('finds files by what is in them', async () => {
    const { stdout } = await run([
      'files',
      'find',
      fixture('containerd-svc'),
      '--contains',
      'MARKER',
      '--size=-1k',
    ])
    assert.equal(stdout, '/tmp/gone\nmemfd:cfg\n')
  })

  it('extracts to a folder, and says what it left out', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'files-test-'))
    const to = join(folder, 'out')
    const { stdout, stderr, exitCode } = await run(['files', 'extract', fixture('crio-miner'), '--to', to])
    assert.equal(stdout, '')
    assert.match(stderr, /^extracted 3 files, \d+ folders, \d+ links to /m)
    assert.match(stderr, /^left out \/dev\/full and 5 more: devices/m)
    assert.equal(exitCode, 0)
    assert.match(await readFile(join(to, 'tmp/work.log'), 'utf8'), /^started/)
    const again = await run(['files', 'extract', fixture('crio-miner'), '--to', to])
    assert.equal(again.exitCode, 9)
    assert.deepEqual(await readdir(folder), ['out'])
    await rm(folder, { recursive: true })
  })

  it('explains what it does not understand', async () => {
    for (const [args, message] of [
      [['files'], /^error: files needs one of ls, cat, find, extract/],
      [['files', 'list', 'a.tar'], /^error: files has no command list; there are ls, cat, find and extract/],
      [['files', 'cat', 'a.tar'], /^error: name an archive and a file in it/],
      [['files', 'ls', 'a.tar', 'b', 'c'], /^error: files ls takes an archive and a path; surplus: c/],
      [['files', 'extract', 'a.tar'], /^error: name the folder to extract to/],
      [['files', 'ls', 'a.tar', '--to', 'x'], /^error: files has no flag --to/],
    ] as const) {
      const { stderr, exitCode } = await run(args)
      assert.match(stderr, message)
      assert.equal(exitCode, 2)
    }
  })

  it('does not mind a reader that has seen enough', async () => {
    const child = start(['files', 'cat', fixture('containerd-svc'), '/tmp/mapped.dat'])
    child.stdout.destroy()
    const exit = once(child, 'exit')
    assert.equal(await text(child.stderr), '')
    assert.deepEqual(await exit, [0, null])
  })
})
