import { type RoleName, type Rule, type RuleScope, roles } from './roles.ts'
import { formatSubject, type Subject, subjectDigest } from './subject.ts'

const group = 'rbac.authorization.k8s.io'

export interface ManifestRequest {
  readonly roles: readonly RoleName[]
  /** Who gets the roles; absent: nobody yet. */
  readonly subject?: Subject
  /** That of the pods; absent: all. */
  readonly namespace?: string
  /** Where commands make pods of their own; absent: in a namespace for that alone, which the manifest makes. */
  readonly readerNamespace?: string
  /** The nodes that it is for; absent: all. */
  readonly nodes?: readonly string[]
  /** Only the rules of this scope; absent: all. */
  readonly scope?: RuleScope
}

/** One object of a manifest. */
export interface ManifestObject {
  /** What it is for. May quote names that others chose. */
  readonly about: string
  /** As the API server takes it. */
  readonly object: KubernetesObject
  /** Of a role: what its rules, in their order, stand for. */
  readonly rules?: readonly Rule[]
}

interface KubernetesObject {
  readonly apiVersion: string
  readonly kind: 'Namespace' | 'Role' | 'ClusterRole' | 'RoleBinding' | 'ClusterRoleBinding'
  readonly metadata: {
    readonly name: string
    readonly namespace?: string
    readonly labels?: Readonly<Record<string, string>>
  }
  readonly [field: string]: unknown
}

/** What error messages and manifests call the namespace for pods that commands make for themselves. */
export const defaultReaderNamespace = 'checkpoint-readers'

/**
 * The objects that grant roles. Equal names mean equal content, whatever else is asked for: what one manifest grants,
 * applying another doesn't take away.
 */
export function planManifest(request: ManifestRequest): readonly ManifestObject[] {
  const places = [...new Set(request.roles)].flatMap((role) => placesOf(role, request))
  const makesNamespace =
    request.readerNamespace === undefined &&
    places.some(({ namespace }) => namespace === defaultReaderNamespace)
  return [
    ...(makesNamespace ? [readerNamespaceObject] : []),
    ...places.flatMap((place) => [
      roleObject(place),
      ...(request.subject === undefined ? [] : [bindingObject(place, request.subject)]),
    ]),
  ]
}

const readerNamespaceObject: ManifestObject = {
  about: 'where commands make their reader pods: name it with --reader-namespace',
  object: {
    apiVersion: 'v1',
    kind: 'Namespace',
    metadata: {
      name: defaultReaderNamespace,
      labels: { 'pod-security.kubernetes.io/enforce': 'privileged' },
    },
  },
}

/** The rules of one role that hold in one place. */
interface Place {
  readonly role: RoleName
  /** The object's name. */
  readonly name: string
  /** Absent: the whole cluster. */
  readonly namespace?: string
  /** The only object that the rules are for. */
  readonly node?: string
  readonly rules: readonly Rule[]
}

function placesOf(role: RoleName, request: ManifestRequest): Place[] {
  const { namespace, readerNamespace = defaultReaderNamespace, nodes, scope } = request
  const name = `kubectl-checkpoint-${role}`
  const rulesFor = (wanted: RuleScope) =>
    scope === undefined || scope === wanted ? roles[role].rules.filter((rule) => rule.scope === wanted) : []
  const places: Place[] = [
    { role, name, rules: rulesFor('pods'), ...(namespace !== undefined && { namespace }) },
    { role, name: `${name}-readers`, rules: rulesFor('readers'), namespace: readerNamespace },
    // Lists can't be restricted to names, and whoever names nodes need not list them.
    ...(nodes?.map((node) => ({
      role,
      name: `${name}-on-${node}`,
      rules: ofOne(rulesFor('nodes')),
      node,
    })) ?? [{ role, name: `${name}-nodes`, rules: rulesFor('nodes') }]),
  ]
  return places.filter(({ rules }) => rules.length > 0)
}

const ofOne = (rules: readonly Rule[]): readonly Rule[] =>
  rules.filter(({ verbs }) => !verbs.includes('list'))

function roleObject({ role, name, namespace, node, rules }: Place): ManifestObject {
  return {
    about: roles[role].purpose,
    rules,
    object: {
      apiVersion: `${group}/v1`,
      kind: namespace === undefined ? 'ClusterRole' : 'Role',
      metadata: { name, ...(namespace !== undefined && { namespace }) },
      rules: rules.map((rule) => ({
        apiGroups: [rule.group ?? ''],
        resources: rule.resources,
        ...(node !== undefined && { resourceNames: [node] }),
        verbs: rule.verbs,
      })),
    },
  }
}

function bindingObject({ name, namespace }: Place, subject: Subject): ManifestObject {
  const kind = namespace === undefined ? 'ClusterRole' : 'Role'
  return {
    about: `gives it to ${formatSubject(subject)}`,
    object: {
      apiVersion: `${group}/v1`,
      kind: `${kind}Binding`,
      metadata: {
        // A name of its own for each subject: a second binding must not take the place of the first.
        name: `${name}-${subjectDigest(subject)}`,
        ...(namespace !== undefined && { namespace }),
      },
      roleRef: { apiGroup: group, kind, name },
      subjects: [subject.kind === 'ServiceAccount' ? subject : { apiGroup: group, ...subject }],
    },
  }
}
