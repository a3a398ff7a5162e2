import type { HttpAnswer, HttpRequest, HttpSender } from './connection.ts'
import { ClusterError } from './errors.ts'
import { findStatus } from './status.ts'

export interface CallOptions {
  readonly signal?: AbortSignal | undefined
  /** As in `HttpRequest`. */
  readonly timeoutMs?: number | undefined
  /** As in `HttpRequest`. */
  readonly maxBodyLength?: number | undefined
}

export interface ListOptions extends CallOptions {
  /** `labelSelector`, `fieldSelector`. */
  readonly query?: HttpRequest['query']
}

export interface CreateOptions extends CallOptions {
  /** Has the API server check the object, as all who admit objects do, and then forget it. */
  readonly dryRun?: boolean
}

export interface DeleteOptions extends CallOptions {
  /** Default: the object's own. */
  readonly gracePeriodSeconds?: number
  /** A condition: another object of that name stays as it is. */
  readonly uid?: string
}

const pageLength = 500

/**
 * Reads one object. What the API server says is taken to have the shape of `T`: it is trusted as kubectl trusts it.
 * @throws {ClusterError} UNAUTHORIZED; FORBIDDEN; OBJECT_NOT_FOUND; API_FAILED; those of `HttpSender.send`.
 */
export function getObject<T>(sender: HttpSender, path: string, options: CallOptions = {}): Promise<T> {
  return call<T>(sender, { method: 'GET', path }, options)
}

/** Reads what isn't an object, such as metrics. @throws {ClusterError} as `getObject`. */
export async function getText(sender: HttpSender, path: string, options: CallOptions = {}): Promise<string> {
  return (await exchange(sender, { method: 'GET', path }, options)).body
}

/** Reads a whole collection, in pages of 500. @throws {ClusterError} as `getObject`. */
export async function listObjects<T>(
  sender: HttpSender,
  path: string,
  options: ListOptions = {},
): Promise<T[]> {
  const items: T[] = []
  for await (const page of listPages<T>(sender, path, options)) {
    // Spread, a server's idea of a page could be more arguments than the stack holds.
    for (const item of page) items.push(item)
  }
  return items
}

/** The pages of a collection, for whoever needs not keep it whole. @throws {ClusterError} as `getObject`. */
export async function* listPages<T>(
  sender: HttpSender,
  path: string,
  options: ListOptions = {},
): AsyncGenerator<readonly T[]> {
  let token: string | undefined
  do {
    const query = { ...options.query, limit: `${pageLength}`, continue: token }
    const page = await call<Page<T>>(sender, { method: 'GET', path, query }, options)
    // An empty list may be null.
    yield page.items ?? []
    token = page.metadata?.continue || undefined
  } while (token)
}

interface Page<T> {
  readonly items?: readonly T[] | null
  readonly metadata?: { readonly continue?: string }
}

/** Adds `object` to the collection at `path`. @returns it as the API server made it. @throws as `getObject`. */
export function createObject<T>(
  sender: HttpSender,
  path: string,
  object: unknown,
  options: CreateOptions = {},
): Promise<T> {
  const query = options.dryRun && { query: { dryRun: 'All' } }
  return call<T>(sender, { method: 'POST', path, body: object, ...query }, options)
}

/**
 * Merges `patch` into the object at `path`. Its `metadata.uid`, if given, is a condition: another object of that name
 * stays as it is. @returns the object afterwards. @throws {ClusterError} as `getObject`; API_FAILED for another UID.
 */
export function patchObject<T>(
  sender: HttpSender,
  path: string,
  patch: unknown,
  options: CallOptions = {},
): Promise<T> {
  return call<T>(sender, { method: 'PATCH', path, body: patch }, options)
}

/** Asks for the object's deletion; it may take its grace period. @throws {ClusterError} as `getObject`. */
export async function deleteObject(
  sender: HttpSender,
  path: string,
  options: DeleteOptions = {},
): Promise<void> {
  const { gracePeriodSeconds, uid } = options
  const condition = uid !== undefined && { preconditions: { uid } }
  const body = { apiVersion: 'v1', kind: 'DeleteOptions', gracePeriodSeconds, ...condition }
  await call(sender, { method: 'DELETE', path, body }, options)
}

async function call<T>(sender: HttpSender, request: HttpRequest, options: CallOptions): Promise<T> {
  const answer = await exchange(sender, request, options)
  try {
    return JSON.parse(answer.body) as T
  } catch (cause) {
    throw new ClusterError('API_FAILED', `${describe(sender, request)}: the answer is not JSON`, { cause })
  }
}

/** An answer of success. */
async function exchange(sender: HttpSender, request: HttpRequest, options: CallOptions): Promise<HttpAnswer> {
  const { signal, timeoutMs, maxBodyLength } = options
  const answer = await sender.send({
    ...request,
    ...(signal && { signal }),
    ...(timeoutMs !== undefined && { timeoutMs }),
    ...(maxBodyLength !== undefined && { maxBodyLength }),
  })
  if (answer.status < 200 || answer.status > 299) throw refusal(sender, request, answer)
  return answer
}

/** What an answer that isn't a success means. */
function refusal(sender: HttpSender, request: HttpRequest, answer: HttpAnswer): ClusterError {
  const status = findStatus(answer.body)
  const words = status?.message || `${answer.status} ${answer.body.slice(0, 300)}`.trim()
  if (answer.status === 401) {
    return new ClusterError('UNAUTHORIZED', `${sender.origin} does not accept your credentials: ${words}`, {
      hint: 'Log in again, or check the user of your context with kubectl auth whoami.',
    })
  }
  if (answer.status === 403) {
    return new ClusterError(
      'FORBIDDEN',
      words,
      sender.explainDenial?.(words) ?? {
        hint: 'Ask an administrator of the cluster for a role that allows this, or use another user or namespace.',
      },
    )
  }
  // Without a Status it is the path that is unknown to the server, not the object.
  if (answer.status === 404 && status?.reason === 'NotFound') {
    return new ClusterError('OBJECT_NOT_FOUND', words)
  }
  return new ClusterError('API_FAILED', `${describe(sender, request)}: ${words}`)
}

const describe = (sender: HttpSender, { method, path }: HttpRequest): string =>
  `${method} ${sender.origin}${path}`
