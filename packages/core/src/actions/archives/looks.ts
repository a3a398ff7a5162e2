import type { NodeFile, NodeFolder } from '../../remote/node-files/index.ts'
import { type HasEnd, hasEnd } from './has-end.ts'
import { type LookInside, lookInside } from './look-inside.ts'

/** How files are looked into. */
export interface Looks {
  readonly inside: LookInside
  readonly isEnded: HasEnd
}

export const looks: Looks = { inside: lookInside, isEnded: hasEnd }

/** The same, but what was seen of a file is seen again only where it has become another. */
export const rememberLooks = (): Looks => ({
  // Of one that is gone or changed, or not at its end, the next list tells.
  inside: remember(lookInside, ({ kind }) => kind === 'opened' || kind === 'unreadable'),
  isEnded: remember(hasEnd, (isEnded) => isEnded),
})

type Question<Answer> = (folder: NodeFolder, file: NodeFile, signal: AbortSignal) => Promise<Answer>

/** An answer is a few words; of more files than that, some are asked again. */
const mostAnswers = 50_000

function remember<Answer>(ask: Question<Answer>, isLasting: (answer: Answer) => boolean): Question<Answer> {
  const answers = new Map<string, Answer>()
  return async (folder, file, signal) => {
    const { name, size, mtimeSeconds, inode } = file
    const key = [folder.label, size, mtimeSeconds, inode, name].join(' ')
    const known = answers.get(key)
    if (known !== undefined) return known
    const answer = await ask(folder, file, signal)
    if (answers.size === mostAnswers) answers.clear()
    if (isLasting(answer)) answers.set(key, answer)
    return answer
  }
}
