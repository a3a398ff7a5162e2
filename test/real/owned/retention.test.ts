import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { mkdir, readdir, rm, symlink, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { cli, takeCheckpoints } from '../support/cli.ts'
import { nodeFile } from '../support/own-cluster.ts'
import { appPod, startPods, useNamespace } from '../support/workloads.ts'

const linesOf = (text: string) => text.split('\n').filter(Boolean)

async function names(...argv: readonly string[]): Promise<string[]> {
  const { code, stdout, stderr } = await cli(...argv, '-o', 'name')
  assert.equal(code, 0, stderr)
  return linesOf(stdout)
}

describe('retention on nodes', () => {
  const namespace = useNamespace()
  let oldest = ''
  let middle = ''
  let newest = ''

  before('takes three checkpoints', async () => {
    await startPods(namespace, appPod('web-0', { node: 'node-a', container: 'app' }))
    const taken: string[] = []
    for (let count = 0; count < 3; count += 1) {
      const [checkpoint] = await takeCheckpoints('web-0', '--namespace', namespace)
      taken.push(checkpoint?.archive ?? '')
    }
    ;[oldest = '', middle = '', newest = ''] = taken
  })

  const here = ['--namespace', namespace]

  it('prunes what the dry run said, and leaves what is pinned', async () => {
    await names('keep', oldest, ...here, '--note', "it's $(mine)")
    const planned = await names('prune', '--keep', '1', '--dry-run', ...here)
    assert.deepEqual(planned, [middle])
    assert.deepEqual(await names('get', ...here), [oldest, middle, newest])
    assert.deepEqual(await names('prune', '--keep', '1', '--yes', ...here), planned)
    assert.deepEqual(await names('get', ...here), [oldest, newest])
    const { stdout } = await cli('get', ...here, '-o', 'jsonpath={.items[0].pin.note}')
    assert.equal(stdout.trim(), "it's $(mine)")
  })

  it('deletes what was pinned after its pin is gone', async () => {
    const { code, stderr } = await cli('delete', oldest, '--yes', ...here)
    assert.equal(code, 1)
    assert.match(stderr, /NODE_FILE_PINNED/)
    await names('unkeep', oldest, ...here)
    assert.deepEqual(await names('delete', 'web-0/app', '--yes', ...here), [oldest, newest])
    assert.deepEqual(await names('get', ...here), [])
  })

  describe('in a folder with hostile names', () => {
    const root = `/var/tmp/retention-${randomUUID().slice(0, 8)}`
    const archives = ['plain', 'a\nb', '..', ' -rf * ', '\'"`', '$(touch pwned)', '\\0057\\', '*?[a-z]'].map(
      (middle) => `checkpoint-${middle}.tar`,
    )
    const others = ['-rf', '*', 'other.tar', '$(touch pwned)', 'checkpoint-plain.tar.bak']
    let folder = ''

    before('makes it on a node', async () => {
      folder = await nodeFile('node-a', `${root}/checkpoints`)
      await mkdir(folder, { recursive: true })
      for (const name of [...archives, ...others]) await writeFile(join(folder, name), name)
      await symlink('other.tar', join(folder, 'checkpoint-link.tar'))
    })
    after('removes it', async () => rm(await nodeFile('node-a', root), { recursive: true }))

    it('deletes each by its name, and touches no other', async () => {
      const left = new Set(await readdir(folder))
      for (const name of archives) {
        const { code, stderr } = await cli('delete', `node-a:${root}/checkpoints/${name}`, '--yes', ...here)
        assert.equal(code, 0, stderr)
        left.delete(name)
        assert.deepEqual(new Set(await readdir(folder)), left)
      }
    })

    it('refuses what is no archive, or a link', async () => {
      const before = await readdir(folder)
      for (const name of others) {
        const { code } = await cli('delete', `node-a:${root}/checkpoints/${name}`, '--yes', ...here)
        assert.equal(code, 2)
      }
      const { code, stderr } = await cli(
        'delete',
        `node-a:${root}/checkpoints/checkpoint-link.tar`,
        '--yes',
        ...here,
      )
      assert.equal(code, 4)
      assert.match(stderr, /NODE_FILE_NOT_FOUND/)
      assert.deepEqual(await readdir(folder), before)
    })
  })
})
