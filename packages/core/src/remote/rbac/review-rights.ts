import { type CallOptions, createObject, type HttpSender } from '../cluster/index.ts'
import { type RoleName, type Rule, roles } from './roles.ts'

/** One verb on one resource. */
export interface Right {
  readonly verb: Rule['verbs'][number]
  /** The API group; '' for the core. */
  readonly group: string
  /** With its subresource: `pods/exec`. */
  readonly resource: string
  /** Absent: all, or that of something outside of namespaces. */
  readonly namespace?: string
  /** The only object it is for. */
  readonly name?: string
  /** What commands do by it. */
  readonly why: string
}

/** All that a role consists of, as somebody needs it who is to use commands in these namespaces, on one node. */
export function listRights(
  role: RoleName,
  places: { readonly namespace?: string; readonly readerNamespace: string; readonly node?: string },
): readonly Right[] {
  const { namespace, readerNamespace, node } = places
  const placeOf = ({ scope }: Rule) => {
    if (scope === 'nodes') return { ...(node !== undefined && { name: node }) }
    if (scope === 'readers') return { namespace: readerNamespace }
    return { ...(namespace !== undefined && { namespace }) }
  }
  return roles[role].rules.flatMap((rule) =>
    rule.resources.flatMap((resource) =>
      rule.verbs.map((verb) => ({
        verb,
        group: rule.group ?? '',
        resource,
        ...placeOf(rule),
        why: rule.why,
      })),
    ),
  )
}

/**
 * Asks the API server whether the user of the connection has a right.
 * @throws {ClusterError} those of `createObject`; FORBIDDEN, as a rule, to nobody.
 */
export async function hasRight(
  sender: HttpSender,
  { verb, group, resource: qualified, namespace, name }: Right,
  options: CallOptions = {},
): Promise<boolean> {
  const [resource, subresource] = qualified.split('/')
  const review = {
    apiVersion: 'authorization.k8s.io/v1',
    kind: 'SelfSubjectAccessReview',
    spec: { resourceAttributes: { verb, group, resource, subresource, namespace, name } },
  }
  const path = '/apis/authorization.k8s.io/v1/selfsubjectaccessreviews'
  const { status } = await createObject<{ readonly status?: { readonly allowed?: boolean } }>(
    sender,
    path,
    review,
    options,
  )
  return status?.allowed === true
}
