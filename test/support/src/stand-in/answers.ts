import { fixtureJson } from '../fixture.ts'
import { type Resource, resources } from './objects.ts'

export interface Answer {
  readonly status: number
  readonly contentType: string
  readonly body: string
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

export function forbidden(access: {
  readonly user: string
  readonly verb: string
  /** With its subresource: `pods/exec`. */
  readonly resource: string
  readonly group: string
  readonly namespace: string | undefined
  readonly name: string | undefined
}): Refusal {
  const { user, verb, resource, group, namespace, name } = access
  const kind = resource.split('/', 1)[0]
  const object = `${kind}${group && `.${group}`}${name ? ` "${name}"` : ''}`
  const where = namespace ? `in the namespace "${namespace}"` : 'at the cluster scope'
  const message = `${object} is forbidden: User "${user}" cannot ${verb} resource "${resource}" in API group "${group}" ${where}`
  return statusRefusal(403, 'Forbidden', message, { ...(name && { name }), kind })
}

/** Who asked where the answers were recorded. */
export const recordedUser = 'system:serviceaccount:shop:dev'

interface RecordedAnswer extends Answer {
  readonly case: string
  readonly path: string
}

const { responses } = fixtureJson<{ responses: RecordedAnswer[] }>('answers/kubelet-responses.json')

/**
 * What a real API server or kubelet answered in the case of that name in `answers/kubelet-responses.json`, with the
 * names of the request at hand in place of the recorded ones.
 */
export function recordedAnswer(
  name: string,
  asked: { node?: string; namespace?: string; pod?: string; container?: string; user?: string },
): Answer {
  const recorded = responses.find((response) => response.case === name)
  if (!recorded) throw new Error(`no recorded answer is named ${JSON.stringify(name)}`)
  const [path = ''] = recorded.path.split('?')
  const [, node = 'node-a'] = /nodes\/([^/]+)/.exec(path) ?? []
  const [, namespace, pod, container] = /checkpoint\/([^/]+)\/([^/]+)\/([^/]+)/.exec(path) ?? []
  const body = recorded.body
    .replaceAll(node, asked.node ?? node)
    .replace(recordedUser, asked.user ?? recordedUser)
    .replace(`${namespace}/${pod}/${container}`, `${asked.namespace}/${asked.pod}/${asked.container}`)
    .replace(`container ${container} `, `container ${asked.container} `)
  return { status: recorded.status, contentType: recorded.contentType, body }
}
