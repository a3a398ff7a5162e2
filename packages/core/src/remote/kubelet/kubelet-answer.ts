/** Nodes with hundreds of pods answer with a few MiB; a node that answers with more is up to no good. */
export const maxBodyLength = 32 * 1024 * 1024

/** What a node says of itself is not to be believed: what isn't an object has no fields. */
export const fieldsOf = (json: unknown): Readonly<Record<string, unknown>> =>
  typeof json === 'object' && json !== null ? (json as Record<string, unknown>) : {}
