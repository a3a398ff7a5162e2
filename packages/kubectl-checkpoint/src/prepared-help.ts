import { asStartedBy } from './program-name.ts'

/** The width that help is prepared for; on a narrower terminal it has to be laid out anew. */
export const preparedWidth = 80

/**
 * What `words` would print if they ask for help, as the build had the command lay it out. To do that at each start
 * would cost more than Node's own start.
 */
export function findPreparedHelp(
  words: readonly string[],
  program: string,
  columns?: number,
): string | undefined {
  const asked = words.length === 0 ? ['--help'] : words
  const [last] = asked.slice(-1)
  // Terminals that don't know their width say 0.
  if ((columns || preparedWidth) < preparedWidth || asked.length > 2 || (last !== '--help' && last !== '-h'))
    return undefined
  // Unlike an import of it, this loads nothing of `fs` that isn't used.
  const { readFileSync } = process.getBuiltinModule('node:fs')
  const prepared: Record<string, string> = JSON.parse(
    readFileSync(new URL('help.json', import.meta.url), 'utf8'),
  )
  const topic = asked.length === 1 ? '' : (asked[0] ?? '')
  const help = Object.hasOwn(prepared, topic) ? prepared[topic] : undefined
  return help === undefined ? undefined : asStartedBy(program, help)
}
