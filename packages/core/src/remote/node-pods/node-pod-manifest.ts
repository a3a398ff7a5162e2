import { ownPodLabels } from '../cluster/index.ts'
import { endedByFile, endedBySignal, endFolder, type PodProcess } from './pod-process.ts'

/** Where a pod sees the folder of its node. */
export const mountPath = '/node'
/** What a pod on a node is for, and what it may do. */
export interface NodePodSpec {
  /** In its name and label, and the name of its container: `reader` makes a `checkpoint-reader`. */
  readonly role: 'reader' | 'writer' | 'probe'
  readonly node: string
  /** Absolute path of the one folder of the node that the pod sees; only a writer can change it. */
  readonly directory: string
  /** Lets it look at the node's processes, too. Default: none. */
  readonly processes?: {
    /** Of the kernel's, without `CAP_`. */
    readonly capabilities: readonly string[]
  }
}

export interface NodePodInstance {
  readonly name: string
  readonly image: string
  readonly deadlineSeconds: number
}

/**
 * A pod that can do nothing but look, and as a writer change one folder: root, since archives are 0600 and root's, but
 * with no capability unless processes are to be seen, no network use of its own, no service account token, and nothing
 * else writable. Bound to its node without asking the scheduler, so that cordoned and tainted nodes are reached too.
 */
export function buildNodePodManifest(
  { role, node, directory, processes }: NodePodSpec,
  { name, image, deadlineSeconds }: NodePodInstance,
) {
  return {
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: { name, labels: { 'app.kubernetes.io/name': `checkpoint-${role}`, ...ownPodLabels } },
    spec: {
      nodeName: node,
      restartPolicy: 'Never',
      // Ends the pod where the command died before it could mark it for deletion (see node-pod.ts).
      activeDeadlineSeconds: deadlineSeconds,
      terminationGracePeriodSeconds: 0,
      automountServiceAccountToken: false,
      enableServiceLinks: false,
      tolerations: [{ operator: 'Exists' }],
      ...(processes && { hostPID: true }),
      containers: [
        {
          name: role,
          image,
          imagePullPolicy: 'IfNotPresent',
          command: processOf(processes).run(deadlineSeconds),
          resources: { requests: { cpu: '10m', memory: '16Mi' }, limits: { memory: '256Mi' } },
          securityContext: {
            runAsUser: 0,
            runAsNonRoot: false,
            allowPrivilegeEscalation: false,
            readOnlyRootFilesystem: true,
            capabilities: { drop: ['ALL'], ...(processes && { add: processes.capabilities }) },
            seccompProfile: { type: 'RuntimeDefault' },
            // SELinux keeps an ordinary container_t from the kubelet's files; without SELinux this has no effect.
            seLinuxOptions: { type: 'spc_t' },
            // AppArmor's profile for containers forbids to look at processes outside of them.
            ...(processes && { appArmorProfile: { type: 'Unconfined' } }),
          },
          volumeMounts: [
            { name: 'folder', mountPath, readOnly: role !== 'writer' },
            ...(processes ? [{ name: 'end', mountPath: endFolder }] : []),
          ],
        },
      ],
      volumes: [
        { name: 'folder', hostPath: { path: directory, type: 'Directory' } },
        ...(processes ? [{ name: 'end', emptyDir: { medium: 'Memory', sizeLimit: '1Mi' } }] : []),
      ],
    },
  }
}

export const processOf = (processes: NodePodSpec['processes']): PodProcess =>
  processes ? endedByFile : endedBySignal
