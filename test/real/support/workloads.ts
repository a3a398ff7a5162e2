import { randomUUID } from 'node:crypto'
import { busyboxImage } from './environment.ts'
import { apply, kubectl } from './kubectl.ts'

export interface PodOptions {
  readonly image: string
  readonly node?: string
  /** The container's name; the pod's unless given. */
  readonly container?: string
  readonly command?: readonly string[]
  readonly env?: Readonly<Record<string, string>>
  /** Ready means that this port answers. */
  readonly port?: number
  readonly restartPolicy?: 'Always' | 'Never'
  readonly labels?: Readonly<Record<string, string>>
  /** More of the pod's spec. */
  readonly spec?: object
}

/** A namespace for the suite around the call, there before its tests and deleted after them. */
export function useNamespace(name = `checkpoint-test-${randomUUID().slice(0, 8)}`): string {
  before(`creates namespace ${name}`, async () => {
    await kubectl('create', 'namespace', name)
    await untilPodsAreAdmitted(name)
  })
  after(`deletes namespace ${name}`, async () => {
    await kubectl('delete', 'namespace', name)
  })
  return name
}

/** Returns when a namespace has the service account without which each pod is refused. */
export async function untilPodsAreAdmitted(namespace: string): Promise<void> {
  await kubectl('wait', '--for=create', 'serviceaccount/default', '--namespace', namespace, '--timeout=60s')
}

/** Has a namespace refuse pods that mount folders of their node, such as readers. */
export async function forbidReaders(namespace: string): Promise<void> {
  await kubectl('label', 'namespace', namespace, 'pod-security.kubernetes.io/enforce=restricted')
}

/** The manifest of a pod with one container. */
export function pod(name: string, options: PodOptions) {
  return {
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: { name, labels: options.labels },
    spec: {
      ...options.spec,
      nodeName: options.node,
      restartPolicy: options.restartPolicy,
      // Tests delete what they made; nothing in it deserves half a minute.
      terminationGracePeriodSeconds: 1,
      containers: [
        {
          name: options.container ?? name,
          image: options.image,
          command: options.command,
          env: Object.entries(options.env ?? {}).map(([key, value]) => ({ name: key, value })),
          ...(options.port !== undefined && {
            // No readiness probe: CRIU refuses a container with a connection, and that would knock every second.
            startupProbe: { tcpSocket: { port: options.port }, periodSeconds: 1 },
          }),
        },
      ],
    },
  }
}

/** A pod that does nothing, on any cluster. Not by `sleep`, which a checkpoint interrupts, and which ends then. */
export const idlePod = (name: string, options: Partial<PodOptions> = {}) =>
  pod(name, { image: busyboxImage, command: ['tail', '-f', '/dev/null'], ...options })

/**
 * A pod of `cluster/workloads/app.c`: an HTTP server on port 8080 that counts requests in memory and holds
 * `megabytes` that can't be compressed. Own cluster only.
 */
export const appPod = (name: string, options: Partial<PodOptions> & { megabytes?: number } = {}) =>
  pod(name, {
    image: 'localhost:5000/app:1',
    command: ['/bin/app', '8080', String(options.megabytes ?? 0)],
    port: 8080,
    env: { DB_PASSWORD: 'hunter2-in-the-environment' },
    ...options,
  })

/**
 * A pod of `cluster/workloads/svc.py`: threads, a child and many kinds of kernel objects, and with
 * `env: { TCP: '1' }` an established connection, which CRIU refuses to dump. Own cluster only.
 */
export const svcPod = (name: string, options: Partial<PodOptions> = {}) =>
  pod(name, { image: 'localhost:5000/svc:1', port: 8000, ...options })

/** Creates pods and returns when all of them are Ready. */
export async function startPods(namespace: string, ...pods: readonly object[]): Promise<void> {
  await apply(namespace, ...pods)
  await kubectl('wait', '--for=condition=Ready', 'pod', '--all', '--namespace', namespace, '--timeout=60s')
}
