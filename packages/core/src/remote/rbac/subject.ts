import { createHash } from 'node:crypto'
import { RbacError } from './errors.ts'

/** Who gets a role. */
export type Subject =
  | { readonly kind: 'User' | 'Group'; readonly name: string }
  | { readonly kind: 'ServiceAccount'; readonly namespace: string; readonly name: string }

/**
 * Understands `user:NAME`, `group:NAME`, `sa:NAMESPACE/NAME`, the names that the API server has for service accounts,
 * and takes anything else for the name of a user.
 * @throws {RbacError} SUBJECT_INVALID
 */
export function parseSubject(text: string): Subject {
  const [, prefix, rest = ''] = /^(user|group|sa):(.*)$/s.exec(text) ?? []
  if (prefix === undefined) return subjectOfUser(text)
  if (prefix !== 'sa') {
    if (rest === '') throw invalid(text)
    return { kind: prefix === 'user' ? 'User' : 'Group', name: rest }
  }
  const [, namespace, name] = /^([a-z0-9-]+)\/([a-z0-9.-]+)$/.exec(rest) ?? []
  if (namespace === undefined || name === undefined) throw invalid(text)
  return { kind: 'ServiceAccount', namespace, name }
}

/** Whom a server means by `user`: it calls service accounts `system:serviceaccount:NAMESPACE:NAME`. */
export function subjectOfUser(user: string): Subject {
  const [, namespace, name] = /^system:serviceaccount:([a-z0-9-]+):([a-z0-9.-]+)$/.exec(user) ?? []
  return namespace === undefined || name === undefined
    ? { kind: 'User', name: user }
    : { kind: 'ServiceAccount', namespace, name }
}

/** As `parseSubject` reads it. */
export function formatSubject(subject: Subject): string {
  if (subject.kind === 'ServiceAccount') return `sa:${subject.namespace}/${subject.name}`
  return `${subject.kind === 'User' ? 'user' : 'group'}:${subject.name}`
}

/** Tells the bindings of subjects apart: a second one must not take the place of the first. */
export const subjectDigest = (subject: Subject): string =>
  createHash('sha256').update(formatSubject(subject)).digest('hex').slice(0, 8)

const invalid = (text: string): RbacError =>
  new RbacError('SUBJECT_INVALID', `${JSON.stringify(text)} names nobody`, {
    hint: 'Write user:NAME, group:NAME or sa:NAMESPACE/NAME.',
  })
