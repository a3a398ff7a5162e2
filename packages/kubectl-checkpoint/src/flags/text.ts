/** A flag with a word after it, which can't be left out. */
export const text = { type: 'string', requiresArg: true } as const
