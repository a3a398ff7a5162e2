import { forbidden, json, Refusal, statusRefusal } from './answers.ts'
import type { ApiTarget } from './api-target.ts'
import type { Faults } from './faults.ts'
import type { LoggedRequest } from './http-server.ts'
import { resources } from './objects.ts'

/** @throws {Refusal} 401 without good credentials; 403 if the faults say so. */
export function authorize(request: LoggedRequest, verb: string, target: ApiTarget, faults: Faults): void {
  const { user } = request
  const { subresource, namespace, name } = target
  if (user === undefined) throw statusRefusal(401, 'Unauthorized', 'Unauthorized')
  const resource = withSubresource(target.resource, subresource)
  if (!faults.forbidden.has(`${verb} ${resource}`)) return
  throw forbidden({ user, verb, resource, group: resources[target.resource].group, namespace, name })
}

/** @throws {Refusal} 429, if the faults say that it is this request's turn. */
export function admitUnlessOverloaded(ordinal: number, { overload }: Faults): void {
  if (!overload || ordinal % overload.every !== 0) return
  const body = 'Too many requests, please try again later.\n'
  const contentType = 'text/plain; charset=utf-8'
  throw new Refusal({ status: 429, contentType, body, retryAfterSeconds: overload.retryAfterSeconds })
}

/** Answers a SelfSubjectAccessReview as `authorize` would decide. */
export function reviewAccess({ body }: LoggedRequest, faults: Faults) {
  const { spec } = body as { spec: { resourceAttributes: Record<string, string | undefined> } }
  const { verb, resource = '', subresource } = spec.resourceAttributes
  const allowed = !faults.forbidden.has(`${verb} ${withSubresource(resource, subresource)}`)
  const head = { kind: 'SelfSubjectAccessReview', apiVersion: 'authorization.k8s.io/v1', metadata: {} }
  return json({ ...head, spec, status: { allowed } }, 201)
}

const withSubresource = (resource: string, subresource: string | undefined): string =>
  subresource ? `${resource}/${subresource}` : resource
