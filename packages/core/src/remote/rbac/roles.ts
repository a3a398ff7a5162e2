import { nearNames } from '../../near-names.ts'
import { RbacError } from './errors.ts'

/** Where a rule holds. */
export type RuleScope =
  /** In the namespaces of the pods that commands are about. */
  | 'pods'
  /** In the namespace of the pods that commands make for themselves. */
  | 'readers'
  /** For nodes, which are in no namespace, by their names. */
  | 'nodes'

export interface Rule {
  readonly scope: RuleScope
  /** The API group; absent: the core. */
  readonly group?: string
  /** With their subresources: `pods/exec`. */
  readonly resources: readonly string[]
  readonly verbs: readonly ('create' | 'delete' | 'get' | 'list' | 'patch' | 'watch')[]
  /** What commands do by it. */
  readonly why: string
  /** What somebody can do by it who doesn't use it for that. */
  readonly amountsTo?: string
}

export interface Role {
  /** What it lets one do. */
  readonly purpose: string
  /** Not for people: the identity of a program. */
  readonly isForPrograms?: boolean
  readonly rules: readonly Rule[]
}

const findWorkloads: readonly Rule[] = [
  {
    scope: 'pods',
    group: 'apps',
    resources: ['deployments', 'statefulsets', 'daemonsets', 'replicasets'],
    verbs: ['get'],
    why: 'finds the pods of TYPE/NAME',
  },
  { scope: 'pods', group: 'batch', resources: ['jobs'], verbs: ['get'], why: 'finds the pods of job/NAME' },
]

const findContainers: readonly Rule[] = [
  { scope: 'pods', resources: ['pods'], verbs: ['get'], why: 'finds a pod by its name' },
  {
    scope: 'pods',
    resources: ['pods'],
    verbs: ['list'],
    why: 'finds pods by their labels, and those of a workload or a node',
  },
  ...findWorkloads,
]

const listNodes: Rule = {
  scope: 'nodes',
  resources: ['nodes'],
  verbs: ['list'],
  why: 'finds all nodes, those without pods of yours, too',
}

const readNodes: readonly Rule[] = [
  {
    scope: 'readers',
    resources: ['pods'],
    verbs: ['create', 'get', 'delete'],
    why: 'starts a reader pod on a node, waits until it runs, and removes it',
    amountsTo:
      'root on every node: whoever creates pods where PodSecurity admits hostPath volumes can mount any folder of ' +
      'any node',
  },
  {
    scope: 'readers',
    resources: ['pods/exec'],
    // Kubernetes before 1.35 asks for `get` alone: a WebSocket opens with a GET.
    verbs: ['get', 'create'],
    why: 'reads files of the node through the reader pod',
  },
  {
    scope: 'readers',
    resources: ['events'],
    verbs: ['list'],
    why: 'tells at once, and why, if a reader pod cannot mount its folder',
  },
]

const askKubelet: Rule = {
  scope: 'nodes',
  resources: ['nodes/proxy'],
  verbs: ['create'],
  why: 'has the API server ask the kubelet for a checkpoint',
  amountsTo:
    "the kubelet's whole API: commands in every container of the node; capture-direct needs far less",
}

const askDirectly: Rule = {
  scope: 'nodes',
  resources: ['nodes/checkpoint'],
  verbs: ['create'],
  why: 'asks the kubelet for a checkpoint',
  amountsTo: 'checkpoints of every container of the node; to read them takes more',
}

const makePods: Rule = {
  scope: 'pods',
  resources: ['pods'],
  verbs: ['create'],
  why: 'makes the new pod',
  amountsTo: 'running any image with what pods of the namespace may see: its secrets, its service accounts',
}

const table = {
  capture: {
    purpose: 'checkpoint containers through the API server',
    rules: [...findContainers, askKubelet],
  },
  'capture-direct': {
    purpose: 'checkpoint containers with --direct, at the kubelets themselves',
    rules: [
      ...findContainers,
      askDirectly,
      { scope: 'nodes', resources: ['nodes'], verbs: ['get'], why: "looks up the kubelet's address" },
    ],
  },
  annotate: {
    purpose: 'note on pods when they were checkpointed, with --annotate; in addition to a capture',
    rules: [
      {
        scope: 'pods',
        resources: ['pods'],
        verbs: ['patch'],
        why: 'writes the annotation',
        amountsTo: 'running other images in these pods',
      },
    ],
  },
  fetch: {
    purpose: 'read archives on their nodes: fetch, inspect, files, diff',
    rules: [...readNodes, ...findContainers],
  },
  why: {
    purpose: 'have refused checkpoints and restores explained: why',
    rules: [
      ...findContainers,
      {
        scope: 'pods',
        resources: ['events'],
        verbs: ['list'],
        why: 'finds what was reported of a pod that could not be restored',
      },
      ...readNodes,
    ],
  },
  doctor: {
    purpose: 'find out beforehand whether checkpoints would work: doctor',
    rules: [
      ...findContainers,
      { scope: 'nodes', resources: ['nodes'], verbs: ['get'], why: 'reads what a node says of itself' },
      listNodes,
      askKubelet,
      {
        scope: 'nodes',
        resources: ['nodes/proxy'],
        verbs: ['get'],
        why: "reads the kubelet's configuration, its feature gates, and how much memory containers use",
        amountsTo: 'commands in every container of the node',
      },
      ...readNodes,
    ],
  },
  'doctor-direct': {
    purpose: 'find out beforehand whether checkpoints with --direct would work: doctor --direct',
    rules: [
      ...findContainers,
      { scope: 'nodes', resources: ['nodes'], verbs: ['get'], why: 'reads what a node says of itself' },
      listNodes,
      askDirectly,
      {
        scope: 'nodes',
        resources: ['nodes/metrics'],
        verbs: ['get'],
        why: "reads the kubelet's feature gates",
      },
      {
        scope: 'nodes',
        resources: ['nodes/stats'],
        verbs: ['get'],
        why: 'reads how much memory containers use',
      },
      ...readNodes,
    ],
  },
  migrate: {
    purpose: 'move pods to other nodes, beside capture, restore and delete: migrate',
    rules: [
      {
        scope: 'pods',
        resources: ['pods'],
        verbs: ['patch'],
        why: "gives the new pod the old one's labels",
        amountsTo: 'making any pod one of any service, and changing the images of pods',
      },
      {
        scope: 'pods',
        resources: ['persistentvolumeclaims'],
        verbs: ['get'],
        why: 'knows whether two nodes can mount a volume at the same time',
      },
    ],
  },
  restore: {
    purpose: 'start a pod from a checkpoint image: restore',
    rules: [
      {
        scope: 'pods',
        resources: ['pods'],
        verbs: ['get'],
        why: 'finds the checkpointed pod, and sees how the new one is',
      },
      makePods,
      { scope: 'pods', resources: ['pods'], verbs: ['delete'], why: 'removes a pod that was not restored' },
      { scope: 'pods', resources: ['pods'], verbs: ['list'], why: 'finds the pod of a new deployment' },
      {
        scope: 'pods',
        group: 'apps',
        resources: ['deployments'],
        verbs: ['create'],
        why: 'makes a deployment for --as deployment',
      },
      {
        scope: 'pods',
        group: 'apps',
        resources: ['deployments'],
        verbs: ['delete'],
        why: 'removes a deployment whose pod was not restored',
      },
      { scope: 'pods', resources: ['events'], verbs: ['list'], why: 'tells what becomes of the pod' },
      { scope: 'nodes', resources: ['nodes'], verbs: ['get'], why: 'knows of --node whether it can restore' },
    ],
  },
  list: {
    purpose: 'list the archives on nodes: get',
    rules: [
      {
        scope: 'pods',
        resources: ['pods'],
        verbs: ['list'],
        why: 'tells what has become of the pods that archives are of',
      },
      ...findWorkloads,
      listNodes,
      ...readNodes,
    ],
  },
  delete: {
    purpose: 'delete archives, and keep them from being deleted: delete, prune, keep, unkeep',
    rules: [...findContainers, listNodes, ...readNodes],
  },
  'api-server': {
    purpose: 'have the API server itself checkpoint at kubelets; for the identity that it shows them',
    isForPrograms: true,
    rules: [
      {
        scope: 'nodes',
        resources: ['nodes/checkpoint'],
        verbs: ['create'],
        why: 'asks the kubelet for a checkpoint, which the role system:kubelet-api-admin does not allow',
      },
    ],
  },
} as const satisfies Readonly<Record<string, Role>>

export type RoleName = keyof typeof table

/** What each command needs at least, proven right by right on a real cluster. */
export const roles: Readonly<Record<RoleName, Role>> = table

export const roleNames = Object.keys(roles) as readonly RoleName[]

/** @throws {RbacError} ROLE_UNKNOWN */
export function parseRoleName(text: string): RoleName {
  const name = roleNames.find((known) => known === text)
  if (name !== undefined) return name
  const near = nearNames(text, roleNames)
  throw new RbacError('ROLE_UNKNOWN', `there is no role ${JSON.stringify(text)}`, {
    hint: near.length > 0 ? `Did you mean ${near.join(' or ')}?` : `There are ${roleNames.join(', ')}.`,
  })
}
