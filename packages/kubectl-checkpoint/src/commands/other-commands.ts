/** The commands but `create`, which is the one without a name. */
export const otherCommands: ReadonlySet<string> = new Set(['diff', 'fetch', 'files', 'inspect', 'version'])
