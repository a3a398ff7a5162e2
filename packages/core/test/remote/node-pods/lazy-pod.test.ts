import { deepEqual, equal, rejects } from 'node:assert/strict'
import { checkpointFolder } from '@kubectl-checkpoint/test-support/stand-in'
import { createLazyPod } from '../../../src/remote/node-pods/index.ts'
import { openWorkbench, type Workbench } from '../../actions/support/workbench.ts'

const command = ['sh', '-c', 'true', '/node']

describe('createLazyPod', () => {
  let bench: Workbench
  beforeEach(async () => {
    bench = await openWorkbench()
  })
  afterEach(() => bench[Symbol.asyncDispose]())

  const open = () =>
    createLazyPod(
      bench.connection,
      { image: 'busybox', deadlineSeconds: 600 },
      { role: 'reader', node: 'node-a', directory: checkpointFolder },
      { clock: bench.clock, signal: new AbortController().signal, onLeft: () => {} },
    )
  const created = () =>
    bench.standIn.requests.filter(({ method, path }) => method === 'POST' && path.endsWith('/pods')).length

  it('is replaced once by all who find it gone', async () => {
    const pod = open()
    await (await pod.exec(command))[Symbol.asyncDispose]()
    for (const gone of bench.standIn.store.list('pods', 'shop')) {
      if (gone.metadata.name.startsWith('checkpoint-reader')) bench.standIn.store.remove('pods', gone)
    }
    const sessions = await Promise.all([pod.exec(command), pod.exec(command), pod.exec(command)])
    equal(created(), 2)
    await Promise.all(sessions.map((session) => session[Symbol.asyncDispose]()))
    await pod.remove()
    deepEqual(bench.leftPods(), [])
  })

  it('is removed while it still starts, and does not start again', async () => {
    bench.standIn.faults.podWaiting = 'ContainerCreating'
    const pod = open()
    const session = pod.exec(command)
    const rejected = rejects(session, { name: 'AbortError' })
    await bench.standIn.whenRequested(({ method, path }) => method === 'GET' && /\/pods\/check/.test(path))
    await pod.remove()
    await rejected
    deepEqual(bench.leftPods(), [])
    await rejects(pod.exec(command), { name: 'AbortError' })
    equal(created(), 1)
  })
})
