interface Attempt {
  /** The API server's origin: `https://10.0.0.1:6443`. */
  readonly cluster: string
  readonly node: string
  readonly namespace: string
  readonly pod: string
  readonly container: string
}

/** A checkpoint that a node made. */
export interface TakenEntry extends Attempt {
  readonly kind: 'taken'
  /** Of the archive; absolute, on the node. */
  readonly path: string
  /** RFC 3339. */
  readonly takenAt: string
  /** The user's own words. */
  readonly note?: string
}

/** A checkpoint that came to nothing. */
export interface RefusedEntry extends Attempt {
  readonly kind: 'refused'
  /** RFC 3339. */
  readonly at: string
  /** One of this program's error codes. */
  readonly code: string
  readonly message: string
  /** CRIU's log on the node. */
  readonly logPath?: string
}

/** What became of a checkpoint that was asked for on this machine. */
export type CatalogueEntry = TakenEntry | RefusedEntry

const attempt = ['cluster', 'node', 'namespace', 'pod', 'container']

const properties = {
  taken: { required: [...attempt, 'path', 'takenAt'], optional: ['note'] },
  refused: { required: [...attempt, 'at', 'code', 'message'], optional: ['logPath'] },
} as const satisfies Record<CatalogueEntry['kind'], object>

/** Reads one line of a catalogue; undefined for what no `formatEntry` wrote, or only the beginning of. */
export function parseEntry(line: string): CatalogueEntry | undefined {
  const value = findObject(line)
  const kind = value?.kind
  if (value === undefined || (kind !== 'taken' && kind !== 'refused')) return undefined
  const { required, optional } = properties[kind]
  const isText = (name: string) => typeof value[name] === 'string'
  const isEntry =
    required.every(isText) && optional.every((name) => value[name] === undefined || isText(name))
  return isEntry ? (value as unknown as CatalogueEntry) : undefined
}

export const formatEntry = (entry: CatalogueEntry): string => JSON.stringify(entry)

function findObject(line: string): Readonly<Record<string, unknown>> | undefined {
  try {
    const value: unknown = JSON.parse(line)
    return typeof value === 'object' && value !== null ? { ...value } : undefined
  } catch {
    return undefined
  }
}
