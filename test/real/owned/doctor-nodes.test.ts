import assert from 'node:assert/strict'
import { rm, writeFile } from 'node:fs/promises'
import type { CheckDocument, DoctorReport } from '@kubectl-checkpoint/core/documents'
import { startCli } from '../support/cli.ts'
import { useFolder } from '../support/folder.ts'
import { writeKubeconfig } from '../support/kubeconfig.ts'
import { kubectl } from '../support/kubectl.ts'
import { nodeFile, restartKubelet, runOnNode, setApiServerIdentity } from '../support/own-cluster.ts'
import type { ProgramOptions } from '../support/process.ts'
import { readCommands, readNodeFile, runCommands } from '../support/remedy.ts'
import { forbidReaders, useNamespace } from '../support/workloads.ts'

const archives = '/var/lib/kubelet/checkpoints'

/** What keeps checkpoints from working is found before one fails, and gone after what is printed was done. */
describe('kubectl checkpoint doctor node-b', () => {
  const namespace = useNamespace()
  const folder = useFolder()

  const run = async (argv: readonly string[], options?: ProgramOptions) => {
    const running = await startCli(['doctor', ...argv, '--namespace', namespace], options)
    return running.ended
  }
  /** What is not ok, by its id, and all that was printed. */
  const examine = async (expectedCode: number, argv: readonly string[] = [], options?: ProgramOptions) => {
    const { code, stdout, stderr } = await run(['node/node-b', ...argv, '--output', 'json'], options)
    assert.equal(code, expectedCode, stdout + stderr)
    const report: DoctorReport = JSON.parse(stdout)
    const checks = report.nodes.flatMap((node) => node.checks)
    return new Map(checks.filter(({ status }) => status !== 'ok').map((check) => [check.id, check]))
  }
  const text = async (options?: ProgramOptions) => (await run(['node/node-b', '--no-probe'], options)).stdout
  const failureOf = (found: ReadonlyMap<string, CheckDocument>) =>
    [...found].filter(([, { status }]) => status === 'failure').map(([id]) => id)
  const isOk = async (options?: ProgramOptions) => assert.deepEqual([...(await examine(0, [], options))], [])

  let cleanUp: (() => Promise<unknown>)[] = []

  afterEach('takes back what was changed', async () => {
    for (const step of cleanUp.toReversed()) await step()
    cleanUp = []
  })

  it('finds nothing wrong with both nodes, and leaves no pod', async () => {
    const { code, stdout, stderr } = await run([])
    assert.equal(code, 0, stdout + stderr)
    assert.match(stdout, /^Node node-a$/m)
    assert.match(stdout, /^Node node-b$/m)
    assert.match(stdout, /^ok {7}CRIU: \/usr\/sbin\/criu: \d/m)
    const pods = ['pod', '--selector=app.kubernetes.io/name=checkpoint-probe', '--namespace', namespace]
    await kubectl('wait', '--for=delete', ...pods, '--timeout=30s')
    assert.match(await runOnNode('node-b', 'ps', '-o', 'args=', '1'), /pause/)
  })

  it('starts no pod with --no-probe, and says what is unknown for that', async () => {
    const found = await examine(3, ['--no-probe'])
    assert.deepEqual(failureOf(found), [])
    assert.equal(found.get('criu')?.status, 'unknown')
    assert.equal(await kubectl('get', 'pods', '--namespace', namespace, '--output=name'), '')
  })

  it('finds the feature gate off', async () => {
    cleanUp.push(() => restartKubelet('node-b'))
    await restartKubelet('node-b', 'featureGates: { ContainerCheckpoint: false }')
    const found = await examine(6)
    assert.deepEqual(failureOf(found), ['checkpoint-endpoint'])
    assert.ok(
      found.get('checkpoint-endpoint')?.evidence.includes('feature gate ContainerCheckpoint (beta): off'),
    )
    await restartKubelet('node-b', readNodeFile(await text()).content)
    await isOk()
  })

  it("finds the kubelet's debugging handlers off", async () => {
    cleanUp.push(() => restartKubelet('node-b'))
    await restartKubelet('node-b', 'enableDebuggingHandlers: false')
    assert.ok(failureOf(await examine(6)).includes('checkpoint-endpoint'))
  })

  it('finds CRIU missing in the PATH of the container runtime', async () => {
    const [binary, aside] = ['/usr/sbin/criu', '/usr/sbin/criu-aside']
    cleanUp.push(() => runOnNode('node-b', 'sh', '-c', `[ ! -e ${aside} ] || mv ${aside} ${binary}`))
    await runOnNode('node-b', 'mv', binary, aside)
    const found = await examine(6)
    assert.deepEqual(failureOf(found), ['criu'])
    assert.match(found.get('criu')?.hint ?? '', /Install the criu package/)
    await runOnNode('node-b', 'mv', aside, binary)
    await isOk()
  })

  it('finds a CRIU that is too old, and one that does not run', async () => {
    const stub = await nodeFile('node-b', '/usr/local/sbin/criu')
    cleanUp.push(() => rm(stub))
    await writeFile(stub, '#!/bin/sh\necho Version: 3.15\n', { mode: 0o755 })
    assert.deepEqual((await examine(6)).get('criu')?.evidence, ['/usr/local/sbin/criu: 3.15'])
    await writeFile(stub, '#!/bin/sh\necho libnet.so.9: not found >&2\nexit 127\n', { mode: 0o755 })
    assert.match(
      (await examine(6)).get('criu')?.evidence.join() ?? '',
      /does not run: libnet\.so\.9: not found/,
    )
  })

  it('finds that the API server may not checkpoint at the kubelet', async () => {
    cleanUp.push(() => setApiServerIdentity('admin'))
    await setApiServerIdentity('system')
    const found = await examine(6)
    assert.deepEqual(failureOf(found), ['kubelet-authorization'])
    const commands = readCommands(await text())
    await runCommands(commands)
    cleanUp.push(() => runCommands(commands.replace('kubectl apply', 'kubectl delete')))
    await isOk()
  })

  it('finds that somebody may not use the proxy of the node, nor start readers', async () => {
    await kubectl('create', 'serviceaccount', 'dev', '--namespace', namespace)
    const token = (await kubectl('create', 'token', 'dev', '--namespace', namespace)).trim()
    const developer = { env: { KUBECONFIG: await writeKubeconfig(folder, { token }) } }
    const found = await examine(6, ['--no-probe'], developer)
    assert.deepEqual(failureOf(found), ['kubelet-access'])
    assert.match(found.get('reader-pod')?.evidence.join() ?? '', /create pods\/exec/)
    const commands = readCommands(await text(developer))
    await runCommands(commands)
    cleanUp.push(() => runCommands(commands.replace('kubectl apply', 'kubectl delete')))
    assert.deepEqual(failureOf(await examine(3, ['--no-probe'], developer)), [])
  })

  it('finds the disk full where archives go', async () => {
    const archive = `${archives}/checkpoint-old_shop-app-2026-01-01T00:00:00Z.tar`
    cleanUp.push(() => runOnNode('node-b', 'umount', archives))
    await runOnNode('node-b', 'mount', '-t', 'tmpfs', '-o', 'size=300m', 'tmpfs', archives)
    await runOnNode('node-b', 'fallocate', '--length', '250M', archive)
    const found = await examine(6)
    assert.deepEqual(failureOf(found), ['free-space'])
    assert.deepEqual(found.get('free-space')?.evidence, [
      `50 MiB of 300 MiB are free at ${archives}`,
      'one archive takes 250 MiB',
    ])
    await runOnNode('node-b', 'rm', archive)
    await isOk()
  })

  it("names CRIU's options, with file and line", async () => {
    const path = await nodeFile('node-b', '/etc/criu/runc.conf')
    await runOnNode('node-b', 'mkdir', '-p', '/etc/criu')
    cleanUp.push(() => rm(path))
    await writeFile(path, '# for the shop\n\ntcp-established\n')
    const { stdout } = await run(['node-b'])
    assert.match(stdout, /own configuration: \/etc\/criu\/runc\.conf:3: tcp-established$/m)
  })

  describe('where PodSecurity admits no pod that sees its node', () => {
    const strict = useNamespace()
    before('forbids them', () => forbidReaders(strict))

    it('says so, and what can be known without one', async () => {
      const found = await examine(3, ['--reader-namespace', strict])
      assert.match(found.get('node-probe')?.evidence.join() ?? '', /violates PodSecurity/)
      assert.match(found.get('node-probe')?.fix?.commands?.join() ?? '', /enforce=privileged/)
      assert.equal(found.get('reader-pod')?.status, 'warning')
      assert.equal(found.has('checkpoint-endpoint'), false)
    })
  })
})
