/** A flag with a word after it. */
export const text = { type: 'string' } as const
