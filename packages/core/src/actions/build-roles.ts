import type { RoleName } from '../remote/rbac/index.ts'

export interface RolesRequest {
  /** Names of roles; none: all that are for people. */
  readonly roles: readonly string[]
  /** `user:NAME`, `group:NAME`, `sa:NAMESPACE/NAME`, or the name of a user; absent: nobody gets them yet. */
  readonly subject?: string
  /** Checkpoints go to kubelets directly, which takes less than the way through the API server. */
  readonly direct?: boolean
  /** That of the pods; absent: all. */
  readonly namespace?: string
  /** Where reader pods are made; absent: in a namespace for that alone, which is made, too. */
  readonly readerNamespace?: string
  /** The nodes that it is for; absent: all. */
  readonly nodes?: readonly string[]
}

export interface RoleManifest {
  /** As the API server takes them. */
  readonly objects: readonly {
    readonly kind: string
    readonly metadata: { readonly name: string; readonly namespace?: string }
  }[]
  /** The same for `kubectl apply -f -`, with what each rule is for. */
  readonly yaml: string
}

/**
 * The least that commands need, as objects to apply. Asks no cluster.
 * @throws {RbacError} ROLE_UNKNOWN; SUBJECT_INVALID.
 */
export async function buildRoles({
  subject,
  direct = false,
  ...request
}: RolesRequest): Promise<RoleManifest> {
  // Other commands do without YAML.
  const { formatManifest, formatRequest, parseRoleName, parseSubject, planManifest, roleNames, roles } =
    await import('../remote/rbac/index.ts')
  const directRoleOf = (name: string) => roleNames.find((other) => other === `${name}-direct`)
  const chosen = (name: RoleName): RoleName => (direct && directRoleOf(name)) || name
  const named = request.roles.map(parseRoleName)
  const forPeople = roleNames.filter((name) => !roles[name].isForPrograms && !name.endsWith('-direct'))
  const wanted = {
    ...request,
    roles: (named.length > 0 ? named : forPeople).map(chosen),
    ...(subject !== undefined && { subject: parseSubject(subject) }),
  }
  const plan = planManifest(wanted)
  const heading = [
    `Made by: ${formatRequest(wanted)}`,
    ...(subject === undefined
      ? ['Nobody gets these roles yet: --for user:NAME, group:NAME or sa:NAMESPACE/NAME adds who does.']
      : []),
  ]
  return { objects: plan.map(({ object }) => object), yaml: formatManifest(plan, heading) }
}
