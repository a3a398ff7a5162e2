import type { ApiObject } from '@kubectl-checkpoint/core/remote/cluster'
import { admitUnlessOverloaded, authorize, reviewAccess } from './access.ts'
import { type Answer, json, noSuchPath, notFound, statusRefusal } from './answers.ts'
import { type ApiTarget, parseApiTarget } from './api-target.ts'
import type { Handler } from './http-server.ts'
import type { Kubelet } from './kubelet.ts'
import { apiVersionOf, type ObjectStore, type Pod, resources } from './objects.ts'
import { createPod, type DeleteOptions, deletePod, type PodsOptions, patchPod } from './pods.ts'
import { recordedAnswer } from './recorded-answer.ts'
import { matchesFields, matchesLabels } from './selectors.ts'

export interface ApiServerOptions extends PodsOptions {
  /** By node: what is behind `nodes/NODE/proxy`. */
  readonly kubelets: ReadonlyMap<string, Kubelet>
}

/** Everything of the API server but exec. */
export function buildApiServer(options: ApiServerOptions): Handler {
  const { store, faults, kubelets } = options
  let ordinary = 0
  return async (request, response) => {
    const { method, path, query, body } = request
    if (!/\/nodes\/[^/]+\/proxy\//.test(path)) admitUnlessOverloaded(++ordinary, faults)
    if (path === '/version') return json({ major: '1', minor: '36', gitVersion: 'v1.36.3' })
    if (path === '/api') return json({ kind: 'APIVersions', versions: ['v1'] })
    if (path === '/apis/authorization.k8s.io/v1/selfsubjectaccessreviews')
      return reviewAccess(request, faults)
    const target = parseApiTarget(path)
    const { resource, namespace, name, subresource } = target
    if (resource === 'nodes' && name && subresource === 'proxy') {
      authorize(request, method === 'GET' ? 'get' : 'create', target, faults)
      const [node = ''] = name.split(':')
      const fault = faults.nodes.get(node)
      // Not even the API server gives up on it.
      if (fault === 'silent') return await new Promise<never>(() => {})
      if (fault === 'down') return recordedAnswer('kubelet down', { node })
      const kubelet = kubelets.get(node)
      return kubelet ? kubelet(target.rest, request, response) : recordedAnswer('node missing', { node })
    }
    if (subresource) throw noSuchPath()
    if (method === 'GET' && name) {
      authorize(request, 'get', target, faults)
      return json(find(store, target))
    }
    if (method === 'GET') {
      authorize(request, 'list', target, faults)
      return list(store, target, query)
    }
    if (resource === 'pods' && method === 'POST' && namespace && !name) {
      authorize(request, 'create', target, faults)
      return json(createPod(options, namespace, body, query.get('dryRun') === 'All'), 201)
    }
    if (resource === 'pods' && method === 'PATCH' && name) {
      authorize(request, 'patch', target, faults)
      return json(patchPod(options, find(store, target) as Pod, body))
    }
    if (resource === 'pods' && method === 'DELETE' && name) {
      authorize(request, 'delete', target, faults)
      return json(deletePod(options, find(store, target) as Pod, body as DeleteOptions | undefined))
    }
    const message = 'the server does not allow this method on the requested resource'
    throw statusRefusal(405, 'MethodNotAllowed', message, {})
  }
}

function find(store: ObjectStore, { resource, namespace, name = '' }: ApiTarget): ApiObject {
  const object = store.find(resource, namespace, name)
  if (!object) throw notFound(resource, name)
  return object
}

/** A page of a collection; its `continue` is the number of objects sent so far. */
function list(store: ObjectStore, { resource, namespace }: ApiTarget, query: URLSearchParams): Answer {
  const found = store
    .list(resource, namespace)
    .filter((object) => matchesLabels(object, query.get('labelSelector') ?? ''))
    .filter((object) => matchesFields(object, query.get('fieldSelector') ?? ''))
  const from = Number(query.get('continue') ?? 0)
  const until = from + Number(query.get('limit') || found.length)
  const rest = found.length - until
  return json({
    kind: `${resources[resource].kind}List`,
    apiVersion: apiVersionOf(resource),
    metadata: rest > 0 ? { continue: String(until), remainingItemCount: rest } : {},
    items: found.slice(from, until),
  })
}
