/** What a program was started with. */
export interface Arguments {
  readonly args?: readonly string[]
  readonly env?: readonly string[]
}

/**
 * Splits the texts at which a process's arguments and environment are; undefined where the archive lacks them. As Linux
 * does for `/proc/PID/cmdline`: without a NUL at their end, the arguments were overwritten with a title, which may go on
 * where the environment was.
 * @param adjacent The environment begins where the arguments end.
 */
export function parseArguments(
  args: string | undefined,
  env: string | undefined,
  adjacent: boolean,
): Arguments {
  return {
    ...(args !== undefined && { args: isTitle(args) ? [readTitle(args, adjacent ? env : '')] : split(args) }),
    ...(env !== undefined && { env: split(env) }),
  }
}

const isTitle = (args: string): boolean => args !== '' && !args.endsWith('\0')

const readTitle = (args: string, env = ''): string => `${args}${env}`.split('\0', 1)[0] ?? ''

/** Strings that each end with a NUL; the last one may lack it. */
function split(text: string): readonly string[] {
  if (text === '') return []
  return (text.endsWith('\0') ? text.slice(0, -1) : text).split('\0')
}
