import assert from 'node:assert/strict'
import { mkdir, rm, writeFile } from 'node:fs/promises'
import { dirname } from 'node:path'
import { startCli, takeCheckpoints } from '../support/cli.ts'
import { useFolder } from '../support/folder.ts'
import { writeKubeconfig } from '../support/kubeconfig.ts'
import { kubectl } from '../support/kubectl.ts'
import { clusterFile, nodeFile, restartKubelet, setApiServerIdentity } from '../support/own-cluster.ts'
import type { ProgramOptions } from '../support/process.ts'
import { readCommands, readNodeFile, runCommands } from '../support/remedy.ts'
import {
  appPod,
  forbidReaders,
  startPods,
  svcPod,
  untilPodsAreAdmitted,
  useNamespace,
} from '../support/workloads.ts'

/** What is printed where a command is refused helps: the same command, run again, succeeds. */
describe('the remedy that is printed', () => {
  const namespace = useNamespace()
  const folder = useFolder()

  before('starts pods', () =>
    startPods(
      namespace,
      appPod('web-0', { node: 'node-a', container: 'app' }),
      svcPod('svc-tcp', { node: 'node-b', env: { TCP: '1' } }),
    ),
  )

  type Attempt = () => Promise<string>

  /** A command line that can be run several times; each returns what it says on stderr. */
  const command = (
    expected: { readonly refusal: number },
    argv: readonly string[],
    options?: ProgramOptions,
  ) => {
    const run = async (expectedCode: number) => {
      const running = await startCli([...argv, '--namespace', namespace], options)
      const { code, stderr } = await running.ended
      assert.equal(code, expectedCode, stderr)
      return stderr
    }
    const refused: Attempt = () => run(expected.refusal)
    const succeeds: Attempt = () => run(0)
    return { refused, succeeds }
  }

  /** Somebody who may look at pods, and what else `rules` say. */
  async function createDeveloper(name: string, ...clusterRights: readonly string[]): Promise<ProgramOptions> {
    const account = `--serviceaccount=${namespace}:${name}`
    await kubectl('create', 'serviceaccount', name, '--namespace', namespace)
    await kubectl('create', 'rolebinding', name, '--clusterrole=view', account, '--namespace', namespace)
    for (const resource of clusterRights) {
      const role = `${namespace}-${name}`
      await kubectl('create', 'clusterrole', role, '--verb=get', `--resource=${resource}`)
      await kubectl('create', 'clusterrolebinding', role, `--clusterrole=${role}`, account)
      cleanUp.push(() => kubectl('delete', 'clusterrole,clusterrolebinding', role))
    }
    const token = (await kubectl('create', 'token', name, '--namespace', namespace)).trim()
    return { env: { KUBECONFIG: await writeKubeconfig(folder, { token }) } }
  }

  let cleanUp: (() => Promise<unknown>)[] = []

  afterEach('takes back what the remedies changed', async () => {
    for (const step of cleanUp.toReversed()) await step()
    cleanUp = []
  })

  async function apply(stderr: string): Promise<void> {
    const commands = readCommands(stderr)
    await runCommands(commands)
    cleanUp.push(() => runCommands(commands.replace('kubectl apply', 'kubectl delete')))
  }

  it('lets a user through the API server to the kubelet', async () => {
    const { refused, succeeds } = command({ refusal: 5 }, ['web-0'], await createDeveloper('proxied'))
    const stderr = await refused()
    assert.match(stderr, /nodes\/proxy/)
    await apply(stderr)
    await succeeds()
  })

  it('lets a user checkpoint at the kubelet itself', async () => {
    const authority = await clusterFile('ca.crt')
    const direct = ['web-0', '--direct', '--kubelet-certificate-authority', authority]
    const { refused, succeeds } = command({ refusal: 5 }, direct, await createDeveloper('direct', 'nodes'))
    const stderr = await refused()
    assert.match(stderr, /nodes\/checkpoint/)
    await apply(stderr)
    await succeeds()
  })

  it('lets the API server checkpoint at the kubelet', async () => {
    cleanUp.push(() => setApiServerIdentity('admin'))
    await setApiServerIdentity('system')
    const { refused, succeeds } = command({ refusal: 5 }, ['web-0'])
    const stderr = await refused()
    assert.match(stderr, /Your own rights are fine/)
    await apply(stderr)
    await succeeds()
  })

  it('switches the checkpoint endpoint on', async () => {
    cleanUp.push(() => restartKubelet('node-a'))
    await restartKubelet('node-a', 'featureGates: { ContainerCheckpoint: false }')
    const { refused, succeeds } = command({ refusal: 6 }, ['web-0'])
    await restartKubelet('node-a', readNodeFile(await refused()).content)
    await succeeds()
  })

  it('has CRIU dump a container with a TCP connection', async () => {
    const { refused, succeeds } = command({ refusal: 7 }, ['svc-tcp'])
    const { path, content } = readNodeFile(await refused())
    const file = await nodeFile('node-b', path)
    cleanUp.push(() => rm(file))
    await mkdir(dirname(file), { recursive: true })
    await writeFile(file, content)
    await succeeds()
  })

  describe('where PodSecurity forbids readers', () => {
    const strict = useNamespace()

    before('forbids them', () => forbidReaders(strict))

    it('gives the reader pod a namespace that admits it', async () => {
      const [taken] = await takeCheckpoints('web-0', '--namespace', namespace)
      const inspectBy = (readers: string) =>
        command({ refusal: 5 }, ['inspect', taken?.archive ?? '', '--reader-namespace', readers])
      const commands = readCommands(await inspectBy(strict).refused())
      const [, readers = ''] = /^kubectl create namespace (\S+)$/m.exec(commands) ?? []
      cleanUp.push(() => kubectl('delete', 'namespace', readers))
      await runCommands(commands)
      await untilPodsAreAdmitted(readers)
      await inspectBy(readers).succeeds()
    })
  })
})
