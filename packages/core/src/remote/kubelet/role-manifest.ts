import { createHash } from 'node:crypto'
import { stringify } from 'yaml'

export interface NodeRight {
  /** The ClusterRole's name. */
  readonly role: string
  readonly resource: 'nodes/proxy' | 'nodes/checkpoint'
  /** The only node it is for: the refusal that names the user may be of its making. */
  readonly node: string
}

const rbac = 'rbac.authorization.k8s.io'

/** YAML of a ClusterRole with `create` on one resource, and of its binding to the user that a refusal named. */
export function buildRoleManifest({ role, resource, node }: NodeRight, user: string): string {
  const subject = subjectOf(user)
  // A name of its own for each subject: a second binding must not take the place of the first.
  const suffix = createHash('sha256').update(user).digest('hex').slice(0, 8)
  return toYaml(
    {
      apiVersion: `${rbac}/v1`,
      kind: 'ClusterRole',
      metadata: { name: role },
      rules: [{ apiGroups: [''], resources: [resource], resourceNames: [node], verbs: ['create'] }],
    },
    {
      apiVersion: `${rbac}/v1`,
      kind: 'ClusterRoleBinding',
      metadata: { name: `${role}-${suffix}` },
      roleRef: { apiGroup: rbac, kind: 'ClusterRole', name: role },
      subjects: [subject],
    },
  )
}

function subjectOf(user: string): object {
  const [, namespace, name] = /^system:serviceaccount:([a-z0-9.-]+):([a-z0-9.-]+)$/.exec(user) ?? []
  return namespace === undefined || name === undefined
    ? { kind: 'User', apiGroup: rbac, name: user }
    : { kind: 'ServiceAccount', namespace, name }
}

/** Without blocks and folds: a user's name stays on one line, whatever characters it has. */
const toYaml = (...documents: object[]): string =>
  documents.map((document) => stringify(document, { blockQuote: false, lineWidth: 0 })).join('---\n')
