/** A right that somebody lacks, as the API server's authorizer words it. */
export interface Denial {
  readonly user: string
  readonly verb: string
  /** With its subresource: `pods/exec`. */
  readonly resource: string
  /** Absent: of the whole cluster, or outside of namespaces. */
  readonly namespace?: string
}

const quoted = String.raw`"(?:[^"\\]|\\.)*"`
const denial = new RegExp(
  String.raw`is forbidden: User (${quoted}) cannot (\S+) resource "([a-z/.-]+)" in API group "[^"]*"` +
    `(?: in the namespace "([^"]+)")?`,
)

/** Undefined if `words` deny something else, such as an admission webhook's, or a name can't be read. */
export function findDenial(words: string): Denial | undefined {
  const [, quotedUser, verb, resource, namespace] = denial.exec(words) ?? []
  const user = quotedUser === undefined ? undefined : findUnquoted(quotedUser)
  if (user === undefined || verb === undefined || resource === undefined) return undefined
  return { user, verb, resource, ...(namespace !== undefined && { namespace }) }
}

/** Go's quoting of ordinary names is JSON's. */
function findUnquoted(text: string): string | undefined {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}
