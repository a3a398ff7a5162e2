import { deepEqual, equal, rejects } from 'node:assert/strict'
import type { Connection, ExecRequest } from '../../../src/remote/cluster/index.ts'
import { createNodeProbes, type Inquiry } from '../../../src/remote/node-probe/index.ts'
import { openWorkbench, type Workbench } from '../../actions/support/workbench.ts'
import { execLocally } from './run-locally.ts'

const greeting: Inquiry<string | undefined> = {
  script: 'printf %s "$3" | section greeting',
  args: ['hello; exit'],
  parse: (sections) => sections.get('greeting'),
}

const isStop = (command: readonly string[]) => command.some((word) => word.includes('/end/'))

describe('createNodeProbes', () => {
  let bench: Workbench
  let commands: (readonly string[])[]
  beforeEach(async () => {
    bench = await openWorkbench()
    commands = []
  })
  afterEach(() => bench[Symbol.asyncDispose]())

  /** Whose commands run here, in place of a pod. */
  const connection = (): Connection => ({
    ...bench.connection,
    async exec({ command }: ExecRequest) {
      commands.push(command)
      return execLocally(isStop(command) ? ['true'] : command)
    },
  })
  const open = () =>
    createNodeProbes(
      connection(),
      { image: 'busybox', deadlineSeconds: 600 },
      { clock: bench.clock, onLeft: () => {} },
    )

  it('asks a node by a script whose arguments are never part of it', async () => {
    await using probes = open()
    equal(await probes.ask('node-a', greeting), 'hello; exit')
  })

  it('starts one pod a node, which sees processes and files and changes none of them', async () => {
    await using probes = open()
    await Promise.all([probes.ask('node-a', greeting), probes.ask('node-a', greeting)])
    await probes.ask('node-b', greeting)
    const [first, ...others] = bench.readerPods()
    equal(others.length, 1)
    const { spec } = (first?.body ?? {}) as { spec: Record<string, unknown> & { containers: object[] } }
    equal(spec.hostPID, true)
    equal(spec.automountServiceAccountToken, false)
    const [container] = spec.containers as Record<string, Record<string, unknown>>[]
    deepEqual(container?.securityContext?.capabilities, { drop: ['ALL'], add: ['SYS_PTRACE', 'SYS_CHROOT'] })
    deepEqual(container?.volumeMounts, [
      { name: 'folder', mountPath: '/node', readOnly: true },
      { name: 'end', mountPath: '/end' },
    ])
  })

  it('is ended by a file, not by a signal: the first process is the node itself', async () => {
    {
      await using probes = open()
      await probes.ask('node-a', greeting)
    }
    deepEqual(commands.at(-1), ['sh', '-c', ': >/end/now'])
    equal(
      commands.flat().some((word) => word.includes('kill')),
      false,
    )
    equal(bench.standIn.requests.filter(({ method }) => method === 'DELETE').length, 2)
  })

  it('refuses what is no answer', async () => {
    await using probes = open()
    await rejects(probes.ask('node-a', { ...greeting, script: 'exit 1' }), { code: 'PROBE_FAILED' })
  })
})
