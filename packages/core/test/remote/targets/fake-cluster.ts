import assert from 'node:assert/strict'
import type {
  ApiObject,
  Connection,
  HttpAnswer,
  HttpRequest,
  Pod,
} from '../../../src/remote/cluster/index.ts'

export interface FakeObjects {
  /** By path of their collection. */
  readonly [collection: string]: readonly ApiObject[]
}

export interface FakeCluster extends Connection {
  readonly requests: readonly HttpRequest[]
}

const json = (status: number, value: unknown): HttpAnswer => ({
  status,
  contentType: 'application/json',
  body: JSON.stringify(value),
})

const failure = (code: number, reason: string, message: string): HttpAnswer =>
  json(code, { kind: 'Status', status: 'Failure', reason, message, code })

/** An API server that knows these objects and, of selectors, `key=value` lists. Forbidden collections answer 403. */
export function fakeCluster(objects: FakeObjects, forbidden: readonly string[] = []): FakeCluster {
  const requests: HttpRequest[] = []
  const pods = Object.entries(objects).flatMap(([path, items]) => (path.endsWith('/pods') ? items : []))
  const collections: FakeObjects = { '/api/v1/pods': pods, ...objects }
  return {
    origin: 'https://test',
    namespace: 'shop',
    requests,
    exec: () => assert.fail('no exec here'),
    direct: () => assert.fail('no direct connection here'),
    async [Symbol.asyncDispose]() {},
    async send(request) {
      requests.push(request)
      const { path, query } = request
      if (forbidden.includes(path)) return failure(403, 'Forbidden', `${path} is forbidden`)
      const list = collections[path] ?? (/\/(?:pods|nodes)$/.test(path) ? [] : undefined)
      if (list) return json(200, { items: list.filter((object) => isSelected(object, query)) })
      const [, collection = '', name] = /^(.*)\/([^/]+)$/.exec(path) ?? []
      const found = collections[collection]?.find(({ metadata }) => metadata.name === name)
      return found ? json(200, found) : failure(404, 'NotFound', `"${name}" not found`)
    },
  }
}

function isSelected(object: ApiObject, query: HttpRequest['query']): boolean {
  const labels = query?.labelSelector?.split(',') ?? []
  const nodeName = query?.fieldSelector?.replace('spec.nodeName=', '')
  return (
    labels.every(
      (label) => label === `${label.split('=')[0]}=${object.metadata.labels?.[label.split('=')[0] ?? '']}`,
    ) &&
    (nodeName === undefined || (object as Pod).spec.nodeName === nodeName)
  )
}

const running = (name: string) => ({ name, state: { running: {} } })

/** A running pod of these containers on node-a. */
export function runningPod(
  name: string,
  containers: readonly string[] = ['app'],
  changes: Partial<Pod> = {},
): Pod {
  return {
    metadata: { name, namespace: 'shop', uid: `uid-${name}`, ...changes.metadata },
    spec: { nodeName: 'node-a', containers: containers.map((name) => ({ name })), ...changes.spec },
    status: { phase: 'Running', containerStatuses: containers.map(running), ...changes.status },
  }
}
