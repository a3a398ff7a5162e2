import { deepEqual, equal, match, rejects } from 'node:assert/strict'
import { PassThrough } from 'node:stream'
import { ClusterError, type Connection } from '@kubectl-checkpoint/core/remote/cluster'
import { checkpointFolder, type LoggedRequest } from '@kubectl-checkpoint/test-support/stand-in'
import { createReaders, type ReaderEvent } from '../../../src/remote/node-files/index.ts'
import { openWorkbench, type Workbench } from '../../actions/support/workbench.ts'

const file = 'checkpoint-miner-a_shop-cache-2026-11-23T12:00:00Z.tar'

const pods = { image: 'busybox', deadlineSeconds: 600 }

describe('createReaders', () => {
  let bench: Workbench
  let events: ReaderEvent[]
  beforeEach(async () => {
    bench = await openWorkbench()
    events = []
    bench.standIn.disks['node-a'].write(`${checkpointFolder}/${file}`, Buffer.from('an archive'))
  })
  afterEach(() => bench[Symbol.asyncDispose]())

  const open = (connection: Connection = bench.connection) =>
    createReaders(connection, pods, {
      clock: bench.clock,
      onEvent: (event) => events.push(event),
    })
  const firstPod = () => bench.standIn.whenRequested(isPodCreation)
  const isPodCreation = ({ method, path }: LoggedRequest) => method === 'POST' && path.endsWith('/pods')
  const gracePeriods = () =>
    bench.standIn.requests
      .filter(({ method }) => method === 'DELETE')
      .map(({ body }) => (body as { gracePeriodSeconds: number }).gracePeriodSeconds)
  const nameOf = ({ body }: LoggedRequest) => (body as { metadata: { name: string } }).metadata.name
  const podOf = (request: LoggedRequest) => {
    const pod = bench.standIn.store.find('pods', 'shop', nameOf(request))
    if (!pod) throw new Error('there is no such pod')
    return pod
  }

  describe('the pod', () => {
    it('is one for each node and folder, whoever asks and how often', async () => {
      await using readers = open()
      const folder = readers.folder('node-a', checkpointFolder)
      equal(readers.folder('node-a', checkpointFolder), folder)
      deepEqual(bench.readerPods(), [])
      await Promise.all([folder.list(), folder.now(), folder.open(file)])
      await folder.list()
      equal(bench.readerPods().length, 1)
      await readers.folder('node-a', '/var/log').list()
      await readers.folder('node-b', checkpointFolder).list()
      equal(bench.readerPods().length, 3)
    })

    it('can do nothing but read its folder', async () => {
      await using readers = open()
      await readers.folder('node-a', checkpointFolder).now()
      const { spec } = podOf(await firstPod())
      const { containers, volumes, ...rest } = spec
      deepEqual(rest, {
        nodeName: 'node-a',
        restartPolicy: 'Never',
        activeDeadlineSeconds: 600,
        terminationGracePeriodSeconds: 0,
        automountServiceAccountToken: false,
        enableServiceLinks: false,
        tolerations: [{ operator: 'Exists' }],
      })
      deepEqual(volumes, [{ name: 'folder', hostPath: { path: checkpointFolder, type: 'Directory' } }])
      equal(containers.length, 1)
      const { image, volumeMounts, securityContext } = containers[0] as unknown as Record<string, unknown>
      equal(image, 'busybox')
      deepEqual(volumeMounts, [{ name: 'folder', mountPath: '/node', readOnly: true }])
      deepEqual(securityContext, {
        runAsUser: 0,
        runAsNonRoot: false,
        allowPrivilegeEscalation: false,
        readOnlyRootFilesystem: true,
        capabilities: { drop: ['ALL'] },
        seccompProfile: { type: 'RuntimeDefault' },
        seLinuxOptions: { type: 'spc_t' },
      })
    })

    it('is in the namespace of the settings', async () => {
      await using readers = createReaders(
        bench.connection,
        { ...pods, namespace: 'kube-system' },
        { clock: bench.clock },
      )
      await readers.folder('node-a', checkpointFolder).now()
      equal(bench.readerPods()[0]?.path, '/api/v1/namespaces/kube-system/pods')
    })

    it('is deleted with its deadline as grace as soon as it runs, and removed in the end', async () => {
      {
        await using readers = open()
        await readers.folder('node-a', checkpointFolder).now()
        deepEqual(gracePeriods(), [600])
      }
      deepEqual(gracePeriods(), [600, 1])
      deepEqual(bench.leftPods(), [])
    })
  })

  describe('a folder that is to be changed', () => {
    it('has a pod of its own, whose folder alone is writable, for as long as it is open', async () => {
      await using readers = open()
      const { identity } = await readers.folder('node-a', checkpointFolder).open(file)
      {
        await using folder = readers.openWritableFolder('node-a', checkpointFolder)
        equal(bench.readerPods().length, 1)
        await folder.remove(file, identity)
        const [reader, writer] = bench.readerPods().map(podOf)
        match(writer?.metadata.name ?? '', /^checkpoint-writer-/)
        const { containers: reading, ...others } = reader?.spec ?? { containers: [] }
        const { containers: writing, ...rest } = writer?.spec ?? { containers: [] }
        deepEqual(rest, others)
        deepEqual(writing, [
          {
            ...reading[0],
            name: 'writer',
            volumeMounts: [{ name: 'folder', mountPath: '/node', readOnly: false }],
          },
        ])
      }
      deepEqual(bench.standIn.disks['node-a'].names(checkpointFolder), [])
      // The reader's stays until the end.
      equal(bench.leftPods().length, 1)
    })
  })

  describe('when a question is given up', () => {
    it('goes on for others who wait for the same pod', async () => {
      await using readers = open()
      const folder = readers.folder('node-a', checkpointFolder)
      const abort = new AbortController()
      const reason = new Error('enough')
      const given = folder.list(abort.signal)
      const other = folder.list()
      await firstPod()
      abort.abort(reason)
      await rejects(given, (error) => error === reason)
      deepEqual(
        (await other).map(({ name }) => name),
        [file],
      )
      equal(bench.readerPods().length, 1)
    })

    it('removes a pod that has not started yet', async () => {
      bench.standIn.faults.podWaiting = 'ContainerCreating'
      const abort = new AbortController()
      const reason = new Error('enough')
      const readers = open()
      const asked = readers.folder('node-a', checkpointFolder).list(abort.signal)
      await firstPod()
      abort.abort(reason)
      await rejects(asked, (error) => error === reason)
      await readers[Symbol.asyncDispose]()
      deepEqual(bench.leftPods(), [])
      deepEqual(events, [])
    })

    it('ends although the reader never greets', async () => {
      const { connection } = bench
      let execs = 0
      const asked = Promise.withResolvers<void>()
      const mute: Connection = {
        ...connection,
        async exec(request) {
          // The second one stops the reader.
          if (execs++ > 0) return connection.exec(request)
          const stdio = new PassThrough()
          request.signal?.addEventListener('abort', () => stdio.destroy(new Error('closed')))
          asked.resolve()
          return {
            stdio,
            stderr: () => '',
            status: new Promise(() => {}),
            [Symbol.asyncDispose]: async () => {},
          }
        },
      }
      const readers = open(mute)
      const listing = rejects(readers.folder('node-a', checkpointFolder).list(), /closed/)
      await asked.promise
      await readers[Symbol.asyncDispose]()
      await listing
      deepEqual(bench.leftPods(), [])
    })

    it('starts no pod after the end', async () => {
      const readers = open()
      const folder = readers.folder('node-a', checkpointFolder)
      await readers[Symbol.asyncDispose]()
      await rejects(folder.list(), { name: 'AbortError' })
      await rejects(readers.folder('node-b', checkpointFolder).list(), { name: 'AbortError' })
      deepEqual(bench.readerPods(), [])
    })
  })

  describe('when the pod does not start', () => {
    const fails = async (expected: object) => {
      await using readers = open()
      await rejects(readers.folder('node-a', checkpointFolder).list(), expected)
    }

    it('says READER_NOT_ADMITTED, and how to make a namespace that admits it', async () => {
      bench.standIn.faults.podSecurity = 'baseline'
      await fails({
        code: 'READER_NOT_ADMITTED',
        message: /violates PodSecurity/,
        hint: /--reader-namespace/,
        fix: {
          commands: [
            'kubectl create namespace checkpoint-readers',
            'kubectl label namespace checkpoint-readers pod-security.kubernetes.io/enforce=privileged',
          ],
        },
      })
      deepEqual(gracePeriods(), [])
    })

    it('says FORBIDDEN to whoever may not create pods', async () => {
      bench.standIn.faults.forbidden.add('create pods')
      await fails({ code: 'FORBIDDEN' })
    })

    it('says READER_NOT_STARTED for an image that cannot be pulled', async () => {
      bench.standIn.faults.podWaiting = 'ImagePullBackOff'
      await fails({
        code: 'READER_NOT_STARTED',
        message: /on node-a did not start: ImagePullBackOff: Back-off pulling image "busybox"/,
        hint: /--reader-image/,
      })
      deepEqual(bench.leftPods(), [])
    })

    it('says READER_NOT_STARTED for a folder that cannot be mounted, out of an event', async () => {
      bench.standIn.faults.podWaiting = 'ContainerCreating'
      void firstPod().then((request) => putWarning(nameOf(request), 'FailedMount', 'is not a directory'))
      await fails({
        code: 'READER_NOT_STARTED',
        message: /did not start: FailedMount: is not a directory/,
        hint: `Look whether ${checkpointFolder} is a folder on node-a.`,
      })
      deepEqual(bench.leftPods(), [])
    })

    it('says READER_NOT_STARTED after a moment where there is no such node', async () => {
      await using readers = open()
      const began = bench.clock.now()
      await rejects(readers.folder('nod-a', checkpointFolder).list(), {
        code: 'READER_NOT_STARTED',
        message: /on nod-a did not start: NoSuchNode: nodes "nod-a" not found/,
        hint: /kubectl get nodes/,
      })
      equal(bench.clock.now() - began < 10_000, true)
      deepEqual(bench.leftPods(), [])
    })

    it('says READER_NOT_STARTED after 20 seconds where no kubelet takes the pod', async () => {
      bench.standIn.faults.nodes.set('node-a', 'down')
      const began = bench.clock.now()
      await fails({
        code: 'READER_NOT_STARTED',
        message: /on node-a did not start: KubeletSilent: its kubelet has not taken the pod in 20 s$/,
        hint: /kubectl describe node node-a/,
      })
      equal(Math.floor((bench.clock.now() - began) / 1000), 20)
      deepEqual(bench.leftPods(), [])
    })

    it('says READER_NOT_STARTED after 90 seconds, even to whoever may not see events', async () => {
      bench.standIn.faults.podWaiting = 'ContainerCreating'
      bench.standIn.faults.forbidden.add('list events')
      const began = bench.clock.now()
      await fails({ code: 'READER_NOT_STARTED', message: /ContainerCreating/, hint: /describe node node-a/ })
      equal(Math.floor((bench.clock.now() - began) / 1000), 90)
    })

    it('says READER_NOT_STARTED for a pod that has ended', async () => {
      bench.standIn.faults.podWaiting = 'ContainerCreating'
      void firstPod().then((request) => {
        const pod = podOf(request)
        bench.standIn.store.put('pods', { ...pod, status: { phase: 'Failed', reason: 'OutOfcpu' } })
      })
      await fails({ code: 'READER_NOT_STARTED', message: /OutOfcpu/ })
    })

    it('removes the pod that was made although the answer got lost, and makes another', async () => {
      const { connection } = bench
      let answersToLose = 1
      const losing: Connection = {
        ...connection,
        async send(request) {
          const answer = await connection.send(request)
          if (request.method === 'POST' && answersToLose-- > 0) {
            throw new ClusterError('CONNECTION_LOST', 'the connection was cut')
          }
          return answer
        },
      }
      {
        await using readers = open(losing)
        equal((await readers.folder('node-a', checkpointFolder).list()).length, 1)
      }
      equal(bench.readerPods().length, 2)
      deepEqual(bench.leftPods(), [])
    })

    it('removes the pod of whoever may not exec', async () => {
      bench.standIn.faults.forbidden.add('create pods/exec')
      await fails({ code: 'FORBIDDEN', hint: /pods\/exec/ })
      deepEqual(bench.leftPods(), [])
    })

    const putWarning = (pod: string, reason: string, message: string) =>
      bench.standIn.store.put('events', {
        metadata: { name: `${pod}.1`, namespace: 'shop' },
        involvedObject: { name: pod },
        type: 'Warning',
        reason,
        message,
      } as Parameters<typeof bench.standIn.store.put<'events'>>[1])
  })

  describe('when the pod is gone', () => {
    it('starts another one where the first was deleted', async () => {
      await using readers = open()
      const folder = readers.folder('node-a', checkpointFolder)
      const source = await folder.open(file)
      bench.standIn.store.remove('pods', podOf(await firstPod()))
      equal(Buffer.from(await source.read(3, 7)).toString(), 'archive')
      equal(bench.readerPods().length, 2)
      match(JSON.stringify(events[0]), /"type":"resumed","node":"node-a","name":"checkpoint-miner-a/)
    })

    it('starts another one where the first runs no more', async () => {
      await using readers = open()
      const folder = readers.folder('node-a', checkpointFolder)
      const source = await folder.open(file)
      const pod = podOf(await firstPod())
      bench.standIn.store.put('pods', { ...pod, status: { phase: 'Failed' } })
      bench.standIn.faults.cutExec = { afterBytes: 5, times: 1 }
      equal(Buffer.from(await source.read(3, 7)).toString(), 'archive')
      equal(bench.readerPods().length, 2)
    })
  })

  describe('when the pod cannot be removed', () => {
    it('says so', async () => {
      const readers = open()
      await readers.folder('node-a', checkpointFolder).now()
      bench.standIn.faults.forbidden.add('delete pods')
      await readers[Symbol.asyncDispose]()
      const pod = nameOf(await firstPod())
      const [left, ...others] = events
      deepEqual([left?.type, left?.type === 'left' && left.pod, others], ['left', pod, []])
      match(left?.type === 'left' ? left.reason : '', /cannot delete resource "pods"/)
    })

    it('says so, too, where that was noticed at its start', async () => {
      bench.standIn.faults.forbidden.add('delete pods')
      await using readers = open()
      await rejects(readers.folder('node-a', checkpointFolder).now(), { code: 'FORBIDDEN' })
      deepEqual(
        events.map(({ type }) => type),
        ['left'],
      )
    })
  })
})
