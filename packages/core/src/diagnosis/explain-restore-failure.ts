import { parseCriuLog } from './criu-log.ts'
import { type CriuExplanation, explainErrors } from './explain-criu-log.ts'
import { restoreLogFailures, restoreMessages } from './restore-failures/index.ts'

/** A line of CRIU's log, wherever it stands in what quotes it. */
const quotedLine = /(?:\(\d+\.\d+\) *)?(?:pie: )?(?:\d+: )?Error \([^()]+:\d+\): [^\n"\\]*/g

/**
 * Says why a restore failed, out of what a pod's status or event says; undefined if that is about something else.
 * Where it quotes CRIU's log, as CRI-O does, the log counts.
 */
export function explainRestoreFailure(text: string): CriuExplanation | undefined {
  const log = parseCriuLog((text.match(quotedLine) ?? []).join('\n'))
  const fromLog = explainErrors(log, restoreLogFailures)
  if (fromLog.causes.length > 0) return fromLog
  for (const { id, match, meaning, hint, fix } of restoreMessages) {
    const [matched, ...groups] = match.exec(text) ?? []
    if (matched === undefined) continue
    return { ...fromLog, causes: [{ id, meaning: meaning(groups), hint, ...(fix && { fix }) }] }
  }
  return undefined
}
