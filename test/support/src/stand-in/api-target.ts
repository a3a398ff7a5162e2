import { noSuchPath } from './answers.ts'
import { type Resource, resources } from './objects.ts'

/** What a path of the API names. */
export interface ApiTarget {
  readonly resource: Resource
  readonly namespace: string | undefined
  readonly name: string | undefined
  readonly subresource: string | undefined
  /** What follows the subresource, for a proxy: `/checkpoint/shop/miner-a/cache`. */
  readonly rest: string
}

/** Reads `/api/v1/…` and `/apis/GROUP/v1/…`. @throws {Refusal} 404, for what isn't served. */
export function parseApiTarget(path: string): ApiTarget {
  const [, root, ...parts] = path.split('/')
  const group = root === 'apis' ? parts.shift() : ''
  const [, ...names] = parts
  const namespace = names[0] === 'namespaces' && names.length > 2 ? names.splice(0, 2)[1] : undefined
  const [resource = '', name, subresource, ...beyond] = names
  if (!isResource(resource) || resources[resource].group !== group) throw noSuchPath()
  return { resource, namespace, name, subresource, rest: `/${beyond.join('/')}` }
}

const isResource = (name: string): name is Resource => name in resources
