import { CheckpointError } from '../../errors.ts'
import { CriuError } from '../../formats/criu/index.ts'
import { TarError } from '../../formats/tar/index.ts'
import { ArchiveError } from './errors.ts'

/** A part of an archive that could not be read; the rest was. */
export interface UnreadablePart {
  /** The entry's name. */
  readonly entry: string
  readonly code: string
  readonly message: string
}

export type ReportUnreadable = (part: UnreadablePart) => void

/** A report that adds to `parts` what it is told: once, however many read the same part. */
export function reportOnce(parts: UnreadablePart[]): ReportUnreadable {
  const keyOf = ({ entry, code }: UnreadablePart) => JSON.stringify([entry, code])
  const known = new Set(parts.map(keyOf))
  return (part) => {
    const key = keyOf(part)
    if (!known.has(key)) parts.push(part)
    known.add(key)
  }
}

/**
 * What `read` gives, or undefined where the archive itself is to blame that it fails, which is reported: what is broken
 * must not hide the rest. Cut connections, aborts and our own faults pass through.
 * @param alsoBroken The error of a folder above, if the archive is to blame for it, too.
 */
export async function unlessUnreadable<Value>(
  entry: string,
  report: ReportUnreadable,
  read: () => Value | Promise<Value>,
  alsoBroken: abstract new (...parameters: never[]) => CheckpointError = CriuError,
): Promise<Value | undefined> {
  try {
    return await read()
  } catch (error) {
    const isBroken = [CriuError, TarError, ArchiveError, alsoBroken].some((broken) => error instanceof broken)
    if (!isBroken || !(error instanceof CheckpointError)) throw error
    report({ entry, code: error.code, message: error.message })
    return undefined
  }
}
