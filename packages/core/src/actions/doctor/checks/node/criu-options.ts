import { type Check, ok, warning } from '../../check.ts'
import type { NodeFacts } from '../../node-facts.ts'
import { unseen } from './seen.ts'

/** What goes wrong by options that somebody may have set for another purpose. */
const troubles: Readonly<Record<string, string>> = {
  'log-file': 'log-file: the reason of a refusal is not found where containerd says that the log is',
}

export const criuOptions: Check<NodeFacts> = {
  id: 'criu-options',
  title: "CRIU's own configuration",
  judge({ sight }) {
    if (!sight.known) return unseen()
    const lines = sight.value.criuOptions
    const found = new Set(lines.flatMap(({ text }) => troubles[/^[\w-]+/.exec(text)?.[0] ?? ''] ?? []))
    const evidence = lines.map(({ path, line, text }) => `${path}:${line}: ${text}`)
    if (found.size > 0) {
      return warning([...evidence, ...found], { hint: 'Remove the option unless it is meant.' })
    }
    return evidence.length > 0 ? ok(...evidence) : ok('nothing is set')
  },
}
