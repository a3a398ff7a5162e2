import { type Resource, resources } from './objects.ts'

export interface Answer {
  readonly status: number
  readonly contentType: string
  readonly body: string
  /** When to ask again, for those that the server sends away. */
  readonly retryAfterSeconds?: number
}

/** Thrown where a request ends in anything but success. */
export class Refusal extends Error {
  readonly answer: Answer

  constructor(answer: Answer) {
    super(answer.body)
    this.answer = answer
  }
}

export const json = (value: unknown, status = 200): Answer => ({
  status,
  contentType: 'application/json',
  body: `${JSON.stringify(value)}\n`,
})

/** A refusal in the API server's own form. The kubelet's are plain text. */
export function statusRefusal(code: number, reason: string, message: string, details?: object): Refusal {
  const head = { kind: 'Status', apiVersion: 'v1', metadata: {}, status: 'Failure' }
  return new Refusal(json({ ...head, message, reason, ...(details && { details }), code }, code))
}

const qualified = (resource: Resource): string => {
  const { group } = resources[resource]
  return group ? `${resource}.${group}` : resource
}

export const notFound = (resource: Resource, name: string): Refusal =>
  statusRefusal(404, 'NotFound', `${qualified(resource)} "${name}" not found`, { name, kind: resource })

export const noSuchPath = (): Refusal =>
  statusRefusal(404, 'NotFound', 'the server could not find the requested resource', {})

export interface DeniedAccess {
  readonly user: string
  readonly verb: string
  /** With its subresource: `pods/exec`. */
  readonly resource: string
  readonly group: string
  readonly namespace: string | undefined
  readonly name: string | undefined
}

export function forbidden({ user, verb, resource, group, namespace, name }: DeniedAccess): Refusal {
  const kind = resource.split('/', 1)[0]
  const object = `${kind}${group && `.${group}`}${name ? ` "${name}"` : ''}`
  const where = namespace ? `in the namespace "${namespace}"` : 'at the cluster scope'
  const message = `${object} is forbidden: User "${user}" cannot ${verb} resource "${resource}" in API group "${group}" ${where}`
  return statusRefusal(403, 'Forbidden', message, { ...(name && { name }), kind })
}
