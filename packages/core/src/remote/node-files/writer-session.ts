import type { ExecSession } from '../cluster/index.ts'
import { encodeName } from './encoded-name.ts'
import type { FileIdentity } from './file-identity.ts'
import { openScriptSession } from './script-session.ts'

/** What became of a request, see `writerScript`. */
export type WriterAnswer =
  | { readonly kind: 'done' | 'none' | 'pinned' | 'changed' | 'refused' }
  | { readonly kind: 'failed'; readonly reason: string }

/** One connection to the script in the writer pod. */
export interface WriterSession extends AsyncDisposable {
  remove(name: string, identity: FileIdentity): Promise<WriterAnswer>
  pin(name: string, note: string): Promise<WriterAnswer>
  /** `identity`: of the pin. */
  unpin(name: string, identity: FileIdentity): Promise<WriterAnswer>
}

/**
 * Greets the script at the other end of `exec`, which the session then owns.
 * @throws {NodeFilesError} READER_IMAGE_UNSUITABLE; READER_ANSWER_INVALID.
 */
export async function openWriterSession(exec: ExecSession, label: string): Promise<WriterSession> {
  const session = await openScriptSession(exec, label)
  const ask = (line: string) =>
    session.request(line, async (frames) => {
      const answer = await frames.readLine()
      const [, kind, reason] = /^(done|none|pinned|changed|refused)$|^failed (.*)$/.exec(answer) ?? []
      if (reason !== undefined) return { kind: 'failed', reason } as const
      if (kind === undefined) throw session.invalid(answer)
      return { kind: kind as Exclude<WriterAnswer['kind'], 'failed'> }
    })
  const state = ({ size, mtimeSeconds, inode }: FileIdentity) => `${size} ${mtimeSeconds} ${inode}`
  return {
    remove: (name, identity) => ask(`remove ${state(identity)} ${encodeName(name)}`),
    pin: (name, note) => ask(`pin ${encodeName(name)} ${encodeName(note)}`),
    unpin: (name, identity) => ask(`unpin ${state(identity)} ${encodeName(name)}`),
    [Symbol.asyncDispose]: session[Symbol.asyncDispose],
  }
}
