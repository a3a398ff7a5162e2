/** The commands but `create`, which is the one without a name. */
export const otherCommands: ReadonlySet<string> = new Set([
  'build',
  'delete',
  'diff',
  'doctor',
  'fetch',
  'files',
  'get',
  'inspect',

  'keep',
  'ls',
  'migrate',
  'prune',
  'pull',
  'push',
  'rbac',
  'restore',
  'unkeep',
  'version',
  'why',
])

/** The commands within these. */
const subcommands: Readonly<Record<string, readonly string[]>> = {
  files: ['ls', 'cat', 'find', 'extract'],
  inspect: ['raw'],
}

/** The command that `argv` is about, and the one within it, if it names one: `files`, `find`. */
export function findCommand(argv: readonly string[]): { readonly command: string; readonly verb?: string } {
  const place = argv.findIndex((word) => otherCommands.has(word))
  const command = argv[place] ?? 'create'
  const verb = subcommands[command]?.find((name) => name === argv[place + 1])
  return verb === undefined ? { command } : { command, verb }
}
