import assert from 'node:assert/strict'
import { once } from 'node:events'
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { craftTar, virtualSource } from '@kubectl-checkpoint/test-support'
import { checkpointFolder, type StandIn, startStandIn } from '@kubectl-checkpoint/test-support/stand-in'
import { archiveEvent, archiveList } from '../../packages/core/src/documents/archives.ts'
import { metadataEntries } from '../../packages/core/test/checkpoint/craft-metadata.ts'
import { run, start } from './run.ts'

const nameOf = (owner: string, time: string) => `checkpoint-${owner}-2026-11-23T${time}.tar`
const miner = nameOf('miner-a_shop-cache', '11:00:00Z')
const vault = nameOf('vault-0_bank-safe', '17:00:00+05:30')
const web = nameOf('web-6d4b75cb6d-7k2fq_shop-app', '08:45:00-03:00')

describe('kubectl-checkpoint get', () => {
  let standIn: StandIn
  let folder: string
  let env: Record<string, string>

  const get = (...args: string[]) => run(['get', ...args], { env, cwd: folder })
  const put = (node: 'node-a' | 'node-b', name: string, length = 2048, directory = checkpointFolder) =>
    standIn.disks[node].write(`${directory}/${name}`, Buffer.alloc(length).fill('x', 0, length - 1024))
  const lines = (text: string) => text.trimEnd().split('\n')

  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'kubectl-checkpoint-test-'))
    // Old enough that nobody writes to them any more.
    let now = new Date('2026-11-23T11:50:00Z')
    standIn = await startStandIn({ now: () => now })
    await standIn.writeKubeconfig(join(folder, 'kubeconfig'))
    env = { KUBECONFIG: join(folder, 'kubeconfig'), HOME: folder, XDG_DATA_HOME: folder }
    put('node-a', miner)
    put('node-a', vault, 4096)
    put('node-b', web, 1536)
    now = new Date('2026-11-23T12:00:00Z')
  })
  afterEach(async () => {
    await standIn.close()
    await rm(folder, { recursive: true })
  })

  it('lists the archives of the namespace, the newest last', async () => {
    const { stdout, stderr, exitCode } = await get()
    const [header, ...rows] = lines(stdout)
    assert.match(header ?? '', /^POD +CONTAINER +NODE +SIZE +AGE +PINNED +STATUS$/)
    assert.match(rows[0] ?? '', /^miner-a +cache +node-a +2 KiB +\w+ +- +pod replaced$/)
    assert.match(rows[1] ?? '', /^web-6d4b75cb6d-7k2fq +app +node-b +1\.5 KiB +\w+ +- +pod replaced$/)
    assert.equal(rows.length, 2)
    assert.equal(stderr, '')
    assert.equal(exitCode, 0)
  })

  it('is also called ls, and shows more of all namespaces with -o wide', async () => {
    const { stdout } = await run(['ls', '-A', '-o', 'wide', '--no-headers'], { env, cwd: folder })
    assert.match(
      lines(stdout)[1] ?? '',
      /^bank +vault-0 +safe +node-a +4 KiB +\w+ +- +pod gone +containerd +2026-11-23T11:30:00Z +- +node-a:checkpoint-vault-0_bank-safe-2026-11-23T17:00:00\+05:30\.tar$/,
    )
  })

  it('prints a document as its schema says, with times in UTC', async () => {
    const { stdout, exitCode } = await get('-A', '-o', 'json')
    const document: unknown = JSON.parse(stdout)
    assert.deepEqual(archiveList.parse(document), document)
    assert.deepEqual(
      archiveList.parse(document).items.map(({ takenAt }) => takenAt),
      ['2026-11-23T11:00:00Z', '2026-11-23T11:30:00Z', '2026-11-23T11:45:00Z'],
    )
    assert.equal(exitCode, 0)
  })

  it('prints names that other commands take', async () => {
    const { stdout } = await get('miner-a/cache', 'deployment/web', '-o', 'name')
    assert.deepEqual(lines(stdout), [`node-a:${miner}`, `node-b:${web}`])
    const fetched = await run(['fetch', ...lines(stdout)], { env, cwd: folder })
    assert.equal(fetched.exitCode, 0, fetched.stderr)
  })

  it('sorts by a column or a path', async () => {
    const sizes = async (by: string) =>
      (await get('-A', '--sort-by', by, '-o', 'jsonpath={.items[*].sizeBytes}')).stdout
    assert.equal(await sizes('size'), '1536 2048 4096')
    assert.equal(await sizes('{.sizeBytes}'), '1536 2048 4096')
    assert.equal(await sizes('age'), '1536 4096 2048')
  })

  it('asks the nodes that are named', async () => {
    const { stdout } = await get('-A', '--node', 'node-b', '-o', 'name')
    assert.deepEqual(lines(stdout), [`node-b:${web}`])
  })

  it('says as kubectl does that there is nothing, and where there is something', async () => {
    const { stdout, stderr, exitCode } = await get('-n', 'default')
    assert.equal(stdout, '')
    assert.equal(stderr, 'No archives found in default namespace. 3 archives in other namespaces: -A\n')
    assert.equal(exitCode, 0)
    const nobody = await get('nobody')
    assert.equal(nobody.stderr, 'No archives found in shop namespace.\n')
  })

  it('ends with 3 where a node cannot be asked, and says which', async () => {
    const node = standIn.store.find('nodes', undefined, 'node-b')
    assert.ok(node)
    const conditions = [{ type: 'Ready', status: 'Unknown', message: 'Kubelet stopped posting node status.' }]
    standIn.store.put('nodes', { ...node, status: { ...node.status, conditions } })
    const { stdout, stderr, exitCode } = await get('-o', 'name')
    assert.equal(stdout, `node-a:${miner}\n`)
    assert.match(
      stderr,
      /node node-b cannot be asked: Kubelet stopped posting node status\.\s+\(NODE_NOT_READY\)/,
    )
    assert.equal(exitCode, 3)
  })

  it('shows nothing of a hostile name that a terminal would obey', async () => {
    for (const name of [
      '\u001b[2J\u202e.tar',
      'a\nnode-a:b.tar',
      '-rf.tar',
      '..tar',
      '"\'.tar',
      '\ufffd.tar',
    ]) {
      const source = virtualSource(craftTar(metadataEntries()))
      standIn.disks['node-a'].write(`${checkpointFolder}/${name}`, await source.read(0, source.size))
    }
    const wide = await get('-A', '-o', 'wide')
    const names = await get('-A', '-o', 'name')
    for (const { stdout } of [wide, names]) {
      assert.equal(lines(stdout).length, stdout === wide.stdout ? 10 : 9)
      assert.match(stdout, /\\x1b\[2J\\u202e\.tar/)
      assert.match(stdout, /a\\nnode-a:b\.tar/)
      assert.doesNotMatch(stdout, /[\u001b\u202e\ufffd]/)
    }
  })

  describe('with --watch', () => {
    /** Calls `act` once, when what was printed matches. */
    const watch = async (
      pattern: RegExp,
      act: (child: ReturnType<typeof start>) => void,
      ...args: string[]
    ) => {
      const child = start(['get', '-A', '--watch', ...args], { env, cwd: folder })
      let stdout = ''
      let hasActed = false
      child.stdout.setEncoding('utf8').on('data', (piece: string) => {
        stdout += piece
        if (hasActed || !pattern.test(stdout)) return
        hasActed = true
        act(child)
      })
      const [exitCode] = (await once(child, 'exit')) as [number | null]
      return { stdout, exitCode }
    }

    it('adds a row for what is gone, and ends with Ctrl-C', async () => {
      const { stdout, exitCode } = await watch(/web-6d/, (child) => {
        child.stdout.on('data', (piece: string) => {
          if (piece.includes('deleted')) child.kill('SIGINT')
        })
        standIn.disks['node-a'].remove(`${checkpointFolder}/${miner}`)
      })
      assert.equal(exitCode, 130)
      assert.equal(lines(stdout).length, 5)
    })

    it('prints events as their schema says', async () => {
      const { stdout } = await watch(/vault[\s\S]*web-6d/, (child) => child.kill('SIGINT'), '-o', 'json')
      const [first = ''] = stdout.split(/^(?=\{)/m)
      const event: unknown = JSON.parse(first)
      assert.deepEqual(archiveEvent.parse(event), event)
      assert.equal(archiveEvent.parse(event).type, 'ADDED')
    })

    it('ends with 0 when nobody reads any more', async () => {
      const { exitCode } = await watch(/miner-a/, (child) => {
        child.stdout.destroy()
        put('node-b', nameOf('late-0_shop-app', '11:58:00Z'))
      })
      assert.equal(exitCode, 0)
    })
  })

  describe('where the root folder of a kubelet was moved', () => {
    const moved = '/data/kubelet/checkpoints'
    const name = nameOf('db-0_shop-postgres', '11:00:00Z')
    const label = `node-b:${moved}/${name}`
    beforeEach(() => put('node-b', name, 2048, moved))

    it('takes it from a flag', async () => {
      const { stdout } = await get('--kubelet-root', '/data/kubelet/', '-o', 'name')
      assert.equal(stdout, `${label}\n`)
    })

    it('takes it from the configuration of the node', async () => {
      await mkdir(join(folder, '.config/kubectl-checkpoint'), { recursive: true })
      const path = join(folder, '.config/kubectl-checkpoint/config.yaml')
      await writeFile(path, 'nodes: { node-b: { kubeletRoot: /data/kubelet } }\n')
      assert.equal((await get('db-0', '-o', 'name')).stdout, `${label}\n`)
      await writeFile(join(folder, 'other.yaml'), 'kubeletRoot: /nowhere\n')
      assert.equal((await get('--config', 'other.yaml', '-o', 'name')).stdout, '')
      env = { ...env, KUBECTL_CHECKPOINT_CONFIG: 'missing.yaml' }
      const { stderr, exitCode } = await get()
      assert.match(stderr, /the configuration missing\.yaml is not there/)
      assert.equal(exitCode, 2)
    })

    it('says what is wrong with it', async () => {
      await writeFile(join(folder, 'config.yaml'), 'kubeletRoot: kubelet\n')
      const { stderr, exitCode } = await get('--config', 'config.yaml')
      assert.match(stderr, /kubeletRoot: not a plain absolute\s+path \(CONFIGURATION_INVALID\)/)
      assert.equal(exitCode, 2)
      assert.equal((await get('--kubelet-root', 'a/../b')).exitCode, 2)
    })
  })
})
