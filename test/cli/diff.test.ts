import assert from 'node:assert/strict'
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fixture } from '@kubectl-checkpoint/test-support'
import { run } from './run.ts'

const [a, b] = [fixture('containerd-miner'), fixture('crio-miner')]

describe('kubectl-checkpoint diff A B', () => {
  it('prints nothing and ends with 0 for what is equal', async () => {
    assert.deepEqual(await run(['diff', a, a]), { stdout: '', stderr: '', exitCode: 0 })
  })

  it('prints what differs and ends with 1', async () => {
    const { stdout, stderr, exitCode } = await run(['diff', a, b])
    assert.match(stdout, /^--- \S+ {2}shop\/miner-a\/cache .*\n\+\+\+ \S+ {2}shop\/miner-c\/cache /)
    assert.match(stdout, /^~ container engine: containerd → cri-o$/m)
    assert.match(stdout, /^~ process 7 kdevtmpfsi \(.*\), there 6, by its place in the tree$/m)
    assert.match(stdout, /^ {2}~ env HOSTNAME: miner-a → miner-c$/m)
    assert.match(
      stdout,
      /^ {2}~ memory \[stack\] rw-p at 0x[0-9a-f]+, there 0x[0-9a-f]+: 4 of 4 pages differ$/m,
    )
    assert.equal(stderr, '')
    assert.equal(exitCode, 1)
  })

  it('compares what it is asked to', async () => {
    const { stdout } = await run(['diff', a, b, '--only', 'env,sockets', '-o', 'json'])
    const { kind, compared, container, processes } = JSON.parse(stdout)
    assert.deepEqual([kind, compared, container], ['Difference', ['env', 'sockets'], []])
    assert.deepEqual(processes[0].env[0], { name: 'HOSTNAME', a: 'miner-a', b: 'miner-c' })
    assert.equal((await run(['diff', a, b, '--only', 'descriptors', '-o', 'name'])).stdout, '')
  })

  it('ends with 3 where not all could be read, whether or not something differs', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'diff-'))
    const broken = join(folder, 'broken.tar')
    const bytes = await readFile(a)
    const data = bytes.indexOf('checkpoint/fs-1.img\0') + 512
    await writeFile(broken, bytes.fill('not CRIU', data, data + 8))
    const same = await run(['diff', broken, broken])
    const other = await run(['diff', broken, b])
    await rm(folder, { recursive: true })
    assert.match(same.stdout, /fs-1\.img.*\(BAD_MAGIC\)/)
    assert.match(other.stdout, /^~ /m)
    for (const { stderr, exitCode } of [same, other]) {
      assert.match(stderr, /^error: 1 part of\s\S+\scould not be read:\sfs-1\.img\s\(BAD_MAGIC\)$/m)
      assert.equal(exitCode, 3)
    }
  })

  it('ends with more than 1 where it could not compare', async () => {
    const { stderr, exitCode } = await run(['diff', a, './missing.tar'])
    assert.match(stderr, /\(FILE_NOT_FOUND\)/)
    assert.equal(exitCode, 4)
  })

  it('refuses to compare what there is not', async () => {
    const { stderr, exitCode } = await run(['diff', a, b, '--only', 'everything'])
    assert.match(stderr, /^error: --only: there is no "everything" \(USAGE\)\n\nThere are container, /)
    assert.equal(exitCode, 2)
  })
})
