import { deepEqual } from 'node:assert/strict'
import { copyPod } from '../../../src/actions/restore/copy-pod.ts'
import type { PodSpec } from '../../../src/actions/restore/pod-manifest.ts'

const mounts = [
  { name: 'data', mountPath: '/data' },
  { name: 'kube-api-access-x7k2p', mountPath: '/var/run/secrets/kubernetes.io/serviceaccount' },
]
const spec: PodSpec = {
  nodeName: 'node-a',
  priority: 0,
  ephemeralContainers: [{ name: 'debugger', image: 'busybox' }],
  serviceAccountName: 'web',
  automountServiceAccountToken: true,
  imagePullSecrets: [{ name: 'registry' }],
  initContainers: [{ name: 'prepare', image: 'busybox', volumeMounts: mounts }],
  containers: [
    {
      name: 'app',
      image: 'web:1',
      env: [{ name: 'MODE', value: 'fast' }],
      ports: [{ containerPort: 80 }],
      volumeMounts: mounts,
    },
    { name: 'log', image: 'log:1' },
  ],
  volumes: [
    { name: 'data', emptyDir: {} },
    { name: 'kube-api-access-x7k2p', projected: {} },
  ],
}
const copy = (only: boolean) =>
  copyPod({ spec }, { container: 'app', image: 'registry.example/web:ck', only })
const [data] = mounts

describe('copyPod', () => {
  it('keeps a pod as it is but for the image, and for what the cluster puts in again', () => {
    deepEqual(copy(false), {
      serviceAccountName: 'web',
      automountServiceAccountToken: true,
      imagePullSecrets: [{ name: 'registry' }],
      initContainers: [{ name: 'prepare', image: 'busybox', volumeMounts: [data] }],
      containers: [
        {
          name: 'app',
          image: 'registry.example/web:ck',
          env: [{ name: 'MODE', value: 'fast' }],
          ports: [{ containerPort: 80 }],
          volumeMounts: [data],
        },
        { name: 'log', image: 'log:1' },
      ],
      volumes: [{ name: 'data', emptyDir: {} }],
    })
  })

  it('leaves out the other containers on demand', () => {
    const { containers, initContainers } = copy(true)
    deepEqual([containers.map(({ name }) => name), initContainers], [['app'], undefined])
  })
})
