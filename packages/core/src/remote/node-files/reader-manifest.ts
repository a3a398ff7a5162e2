import { ownPodLabels } from '../cluster/index.ts'

/** Where the folder is mounted in the reader pod. */
export const mountPath = '/node'
export const readerContainer = 'reader'
/** Ends the pod's process, from within. By the shell, which there is; not every image has the program `kill`. */
export const stopCommand = ['sh', '-c', 'kill -INT 1']
const readerLabels = { 'app.kubernetes.io/name': 'checkpoint-reader', ...ownPodLabels }

export interface ReaderPodSpec {
  readonly name: string
  readonly node: string
  /** Absolute path of the one folder of the node that the pod sees, read-only. */
  readonly directory: string
  readonly image: string
  readonly deadlineSeconds: number
}

/**
 * A pod that can do nothing but read one folder: root, since archives are 0600 and root's, but with no capability,
 * no network use of its own, no service account token, and nothing writable. Bound to its node without asking the
 * scheduler, so that cordoned and tainted nodes are reached too.
 */
export function readerPodManifest(spec: ReaderPodSpec) {
  return {
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: { name: spec.name, labels: readerLabels },
    spec: {
      nodeName: spec.node,
      restartPolicy: 'Never',
      // Ends the pod where the command died before it could mark it for deletion (see reader-pod.ts).
      activeDeadlineSeconds: spec.deadlineSeconds,
      terminationGracePeriodSeconds: 0,
      automountServiceAccountToken: false,
      enableServiceLinks: false,
      tolerations: [{ operator: 'Exists' }],
      containers: [
        {
          name: readerContainer,
          image: spec.image,
          imagePullPolicy: 'IfNotPresent',
          // Deaf to SIGTERM, it serves until its grace period ends, or until it is told to stop.
          command: ['sh', '-c', `trap '' TERM; trap exit INT; sleep ${spec.deadlineSeconds} & wait`],
          resources: { requests: { cpu: '10m', memory: '16Mi' }, limits: { memory: '256Mi' } },
          securityContext: {
            runAsUser: 0,
            runAsNonRoot: false,
            allowPrivilegeEscalation: false,
            readOnlyRootFilesystem: true,
            capabilities: { drop: ['ALL'] },
            seccompProfile: { type: 'RuntimeDefault' },
            // SELinux keeps an ordinary container_t from the kubelet's files; without SELinux this has no effect.
            seLinuxOptions: { type: 'spc_t' },
          },
          volumeMounts: [{ name: 'folder', mountPath, readOnly: true }],
        },
      ],
      volumes: [{ name: 'folder', hostPath: { path: spec.directory, type: 'Directory' } }],
    },
  }
}
