import { ClusterError, type Connection, findDenial } from '../remote/cluster/index.ts'
import { formatRequest, type RoleName, roles, subjectOfUser } from '../remote/rbac/index.ts'

interface Purpose {
  /** What the requests are for. */
  readonly role: RoleName
  readonly readerNamespace: string
}

/** The same connection, whose refusals name the command that prints the lacking role. */
export function nameRole(connection: Connection, purpose: Purpose): Connection {
  const explainDenial = (words: string) => explain(words, connection.namespace, purpose)
  return {
    ...connection,
    explainDenial,
    exec: (request) =>
      connection.exec(request).catch((error) => {
        const isDenied = error instanceof ClusterError && error.code === 'FORBIDDEN'
        const explanation = isDenied ? explainDenial(error.message) : undefined
        throw explanation
          ? new ClusterError('FORBIDDEN', error.message, { ...explanation, cause: error })
          : error
      }),
  }
}

function explain(words: string, namespace: string, { role: purpose, readerNamespace }: Purpose) {
  const denial = findDenial(words)
  // To fetch is a part of other commands.
  const role = [purpose, 'fetch' as const].find((name) =>
    roles[name].rules.some(
      ({ resources, verbs }) =>
        resources.some((resource) => resource === denial?.resource) &&
        verbs.some((verb) => verb === denial?.verb),
    ),
  )
  if (denial === undefined || role === undefined) return undefined
  const isAboutAll = denial.namespace === undefined && !denial.resource.startsWith('nodes')
  const command = formatRequest({
    roles: [role],
    subject: subjectOfUser(denial.user),
    ...(!isAboutAll && { namespace }),
    ...(roles[role].rules.some(({ scope }) => scope === 'readers') && { readerNamespace }),
  })
  return {
    hint: 'Have an administrator apply what this prints:',
    fix: { commands: [command] },
  }
}
