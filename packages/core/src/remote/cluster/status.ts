/** The API's answer where there is no object to answer with. */
export interface Status {
  readonly status: 'Success' | 'Failure'
  readonly message: string
  readonly reason: string
  readonly causes: readonly { readonly reason?: string; readonly message?: string }[]
}

/** Undefined if `body` is anything else, such as a proxy's error page or a kubelet's plain text. */
export function findStatus(body: string): Status | undefined {
  const value = findJson(body) as StatusBody | null | undefined
  // The status of an exec has no `kind`.
  if (value?.status !== 'Success' && value?.status !== 'Failure') return undefined
  const { message, reason, details } = value
  return {
    status: value.status,
    message: typeof message === 'string' ? message : '',
    reason: typeof reason === 'string' ? reason : '',
    causes: Array.isArray(details?.causes) ? details.causes.filter(isObject) : [],
  }
}

interface StatusBody {
  readonly status?: unknown
  readonly message?: unknown
  readonly reason?: unknown
  readonly details?: { readonly causes?: unknown } | null
}

const isObject = (value: unknown): value is object => typeof value === 'object' && value !== null

function findJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}
