import { explainCriuLog } from '../../diagnosis/index.ts'
import type { Fix } from '../../errors.ts'
import { quote } from '../../quote.ts'
import { KubeletError } from './errors.ts'

/**
 * The same error with the reason out of CRIU's log: in the message why, in hint and fix what to do.
 * The error itself if the log gives no reason.
 */
export function explainRefusal(error: KubeletError, logText: string): KubeletError {
  const { causes, unexplained } = explainCriuLog(logText)
  const options = { logPath: error.logPath, cause: error }
  if (causes.length > 0) {
    const reasons = causes.map(({ meaning }) => meaning).join(' ')
    const fix = joinNodeFiles(causes.flatMap((cause) => cause.fix?.nodeFile ?? []))
    return new KubeletError(error.code, `${error.message}. ${reasons}`, {
      ...options,
      hint: causes.map(({ hint }) => hint).join(' '),
      ...(fix && { fix }),
    })
  }
  // Later lines tend to follow from the first.
  const [first] = unexplained
  if (first === undefined) return error
  return new KubeletError(error.code, `${error.message}. CRIU says: ${quote(first)}`, {
    ...options,
    ...(error.hint !== undefined && { hint: error.hint }),
  })
}

/** Options for several causes go into one and the same configuration file of CRIU. */
function joinNodeFiles(files: readonly NonNullable<Fix['nodeFile']>[]): Fix | undefined {
  const [first] = files
  return first && { nodeFile: { ...first, content: files.map(({ content }) => content).join('') } }
}
