import { deepEqual, equal } from 'node:assert/strict'
import { mkdir, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { parseSections, wholeScript } from '../../../src/remote/node-probe/inquiry.ts'
import { lookAtNode, type NodeSightRequest } from '../../../src/remote/node-probe/look-at-node.ts'
import { runLocally } from './run-locally.ts'

const request: NodeSightRequest = {
  archiveFolder: '/var/lib/kubelet/checkpoints',
  runtime: 'containerd',
  socket: '/run/containerd/containerd.sock',
}

/** The script runs here, over folders that look like those of a node. */
describe('lookAtNode', () => {
  let node: string
  beforeEach(async () => {
    node = await mkdtemp(join(tmpdir(), 'node-'))
    await put('/proc/1/net/unix', 'Num RefCount Protocol Flags Type St Inode Path\n')
    await put('/proc/9/comm', 'containerd\n')
    await put('/proc/9/environ', 'HOME=/root\0PATH=/opt/bin:/usr/bin\0')
    await put('/proc/9/cmdline', '/usr/bin/containerd\0')
  })
  afterEach(() => rm(node, { recursive: true }))

  async function put(path: string, content: string): Promise<void> {
    await mkdir(dirname(join(node, path)), { recursive: true })
    await writeFile(join(node, path), content)
  }
  async function link(path: string, target: string): Promise<void> {
    await mkdir(dirname(join(node, path)), { recursive: true })
    await symlink(target, join(node, path))
  }
  async function look(changes: Partial<NodeSightRequest> = {}) {
    const inquiry = lookAtNode({ ...request, ...changes })
    const words = ['sh', '-c', wholeScript(inquiry), 'checkpoint-probe', node, join(node, 'proc')]
    return inquiry.parse(parseSections(await runLocally([...words, ...inquiry.args]), 'node-a'))
  }

  it('tells the time, the version of cgroups, and what the kernel was built for', async () => {
    const bare = await look()
    equal(Math.abs(bare.now - Date.now() / 1000) < 60, true)
    deepEqual([bare.cgroupVersion, bare.kernelDumps], [1, false])
    await put('/sys/fs/cgroup/cgroup.controllers', '')
    await put('/proc/sys/kernel/ns_last_pid', '1\n')
    const { cgroupVersion, kernelDumps } = await look()
    deepEqual([cgroupVersion, kernelDumps], [2, true])
  })

  describe('the folder of archives', () => {
    it('is counted, archives alone, behind links as the node follows them', async () => {
      await link('/var/lib/kubelet', '/data/./kubelet')
      await link('/data', 'disks/../disks/one')
      const folder = '/disks/one/kubelet/checkpoints'
      await put(`${folder}/checkpoint-a_b-c-2026-01-01T00:00:00Z.tar`, 'twelve bytes')
      await put(`${folder}/checkpoint-x\ny.tar`, '123')
      await put(`${folder}/other.tar`, 'much more than that')
      const { archives } = await look()
      deepEqual([archives?.count, archives?.sizeBytes], [2, 15])
      equal((archives?.totalBytes ?? 0) >= (archives?.freeBytes ?? 0), true)
      equal((archives?.totalBytes ?? 0) > 0, true)
    })
    it('may not be there, nor where a link goes round in circles', async () => {
      equal((await look()).archives, undefined)
      await link('/var/lib/kubelet', '/var/lib/kubelet')
      equal((await look()).archives, undefined)
    })
  })

  describe('the process of the container runtime', () => {
    const pidOf = async (changes?: Partial<NodeSightRequest>) => (await look(changes)).runtime?.pid

    it('is found by its name', async () => {
      equal(await pidOf(), 9)
      equal(await pidOf({ runtime: 'crio', socket: undefined }), undefined)
    })
    it('is, of several, the one that listens where the kubelet asks', async () => {
      await put(
        '/proc/1/net/unix',
        [
          'Num RefCount Protocol Flags Type St Inode Path',
          '0: 00000002 00000000 00010000 0001 01 70 /run/docker/containerd.sock',
          '0: 00000003 00000000 00000000 0001 03 72 /run/containerd/containerd.sock',
          '0: 00000002 00000000 00010000 0001 01 71 /run/containerd/containerd.sock',
          '',
        ].join('\n'),
      )
      await put('/proc/10/comm', 'containerd\n')
      await link('/proc/9/fd/3', 'socket:[70]')
      await link('/proc/10/fd/3', 'socket:[71]')
      equal(await pidOf(), 10)
      equal(await pidOf({ socket: '/var/run/containerd/containerd.sock' }), 10)
    })
  })

  describe('CRIU', () => {
    it('is the first in the PATH of the runtime', async () => {
      const { runtime } = await look()
      deepEqual(runtime?.searchPath, ['/opt/bin', '/usr/bin'])
      equal(runtime?.criu, undefined)
      await put('/usr/bin/criu', '')
      equal((await look()).runtime?.criu?.path, '/usr/bin/criu')
      await link('/opt/bin/criu', '/opt/criu-4/criu')
      equal((await look()).runtime?.criu?.path, '/usr/bin/criu')
      await put('/opt/criu-4/criu', '')
      equal((await look()).runtime?.criu?.path, '/opt/bin/criu')
    })
    it('is not missing where the environment could not be read', async () => {
      await rm(join(node, '/proc/9/environ'))
      equal((await look()).runtime?.searchPath, undefined)
    })
    it('has options in files of its own', async () => {
      await put('/etc/criu/runc.conf', '# a comment\n\ntcp-established\n  log-file /tmp/x: y\n')
      deepEqual((await look()).criuOptions, [
        { path: '/etc/criu/runc.conf', line: 3, text: 'tcp-established' },
        { path: '/etc/criu/runc.conf', line: 4, text: 'log-file /tmp/x: y' },
      ])
    })
  })

  describe('the settings of the runtime', () => {
    const textsOf = async (changes?: Partial<NodeSightRequest>) =>
      (await look(changes)).runtime?.settings.map(({ path, line, text }) => `${path}:${line}: ${text}`)

    it('are lines about checkpoints, and no secrets', async () => {
      await put(
        '/etc/containerd/config.toml',
        'password = "x"\n# enable_criu = false\n  enable_criu = true\n',
      )
      deepEqual(await textsOf(), ['/etc/containerd/config.toml:3: enable_criu = true'])
    })
    it('are in the file that the command line names, and in those that it imports', async () => {
      await put('/proc/9/cmdline', 'containerd\0-c\0/etc/k3s/config.toml\0--root\0/x\0')
      await put(
        '/etc/k3s/config.toml',
        'imports = [\'/etc/more/*.toml\', "extra.toml"]\nenable_criu = true\n',
      )
      await put('/etc/more/a.toml', 'enable_criu = false\n')
      await put('/etc/k3s/extra.toml', 'enable_experimental_restore_via_create = true\n')
      await put('/etc/containerd/config.toml', 'enable_criu = false\n')
      deepEqual(await textsOf(), [
        '/etc/k3s/config.toml:2: enable_criu = true',
        '/etc/more/a.toml:1: enable_criu = false',
        '/etc/k3s/extra.toml:1: enable_experimental_restore_via_create = true',
      ])
    })
    it('are, of CRI-O, in its folder, too', async () => {
      await put('/proc/9/comm', 'crio\n')
      await put('/etc/crio/crio.conf', 'enable_criu_support = false\n')
      await put('/etc/crio/crio.conf.d/10-x.conf', 'container_level_enabled = "checkpoint_only"\n')
      deepEqual(await textsOf({ runtime: 'crio' }), [
        '/etc/crio/crio.conf:1: enable_criu_support = false',
        '/etc/crio/crio.conf.d/10-x.conf:1: container_level_enabled = "checkpoint_only"',
      ])
    })
  })
})
