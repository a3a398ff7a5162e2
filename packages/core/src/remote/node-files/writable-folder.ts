import type { Clock } from '../../clock.ts'
import type { ResumeEvent } from './broken-connection.ts'
import { checkName } from './check-name.ts'
import { NodeFilesError } from './errors.ts'
import type { FileIdentity } from './file-identity.ts'
import { createPersistentSession } from './persistent-session.ts'
import { fileChanged, fileNotFound } from './reader-session.ts'
import type { WriterAnswer, WriterSession } from './writer-session.ts'

/**
 * The archives directly in one folder of one node, changed through a writer pod. A signal ends the wait for the pod; what
 * the pod has been asked is waited for, so that it is known what was done.
 */
export interface WritableNodeFolder {
  /** `node-a:/var/lib/kubelet/checkpoints`, for messages. */
  readonly label: string
  /**
   * Removes an archive that nobody has pinned and that is as `identity` says.
   * @throws {NodeFilesError} NODE_FILE_NOT_FOUND; NODE_FILE_PINNED; NODE_FILE_NOT_ARCHIVE; NODE_FILE_NOT_CHANGED.
   * @throws {ByteSourceError} CHANGED
   */
  remove(name: string, identity: FileIdentity, signal?: AbortSignal): Promise<void>
  /**
   * Pins an archive, with a note or an empty one, unless it is. Returns whether it was not.
   * @throws {NodeFilesError} NODE_FILE_NOT_FOUND; NODE_FILE_NOT_ARCHIVE; NODE_FILE_NOT_CHANGED.
   */
  pin(name: string, note: string, signal?: AbortSignal): Promise<boolean>
  /**
   * Removes the pin of an archive that is as `identity` says; undefined: that nobody could open. Returns whether there
   * was one.
   * @throws {NodeFilesError} NODE_FILE_NOT_ARCHIVE; NODE_FILE_NOT_CHANGED.
   * @throws {ByteSourceError} CHANGED
   */
  unpin(name: string, identity: FileIdentity | undefined, signal?: AbortSignal): Promise<boolean>
}

export interface OpenWritableNodeFolder extends WritableNodeFolder, AsyncDisposable {}

export interface WritableNodeFolderOptions {
  readonly node: string
  readonly directory: string
  readonly clock: Clock
  /** A fresh connection to the writer's script; called again after one broke. */
  readonly connect: () => Promise<WriterSession>
  /** Told once of each connection that broke, when the next one is there. */
  readonly onResume?: (event: ResumeEvent) => void
}

export function openWritableNodeFolder(options: WritableNodeFolderOptions): OpenWritableNodeFolder {
  const { node, directory, clock, connect, onResume } = options
  const label = `${node}:${directory}`
  const session = createPersistentSession({ label, clock, connect, ...(onResume && { onResume }) })
  const start = () => 0

  /** Of a request whose answer got lost, nobody knows whether it was carried out: `isRepeated` says there was one. */
  const ask = async (
    name: string,
    question: (session: WriterSession) => Promise<WriterAnswer>,
    signal: AbortSignal | undefined,
  ) => {
    checkName(label, name)
    await session.persist(name, async () => {}, start, signal)
    let times = 0
    const answer = await session.persist(
      name,
      (live) => {
        times += 1
        return question(live)
      },
      start,
    )
    return { answer, isRepeated: times > 1 }
  }

  return {
    label,
    async remove(name, identity, signal) {
      const { answer, isRepeated } = await ask(name, (live) => live.remove(name, identity), signal)
      const isDone = answer.kind === 'done' || (answer.kind === 'none' && isRepeated)
      if (!isDone) throw refusal(label, name, answer)
    },
    async pin(name, note, signal) {
      const { answer, isRepeated } = await ask(name, (live) => live.pin(name, note), signal)
      if (answer.kind === 'pinned') return isRepeated
      if (answer.kind !== 'done') throw refusal(label, name, answer)
      return true
    },
    async unpin(name, identity, signal) {
      const { answer, isRepeated } = await ask(name, (live) => live.unpin(name, identity ?? noFile), signal)
      if (answer.kind === 'none') return isRepeated
      if (answer.kind !== 'done') throw refusal(label, `the pin of ${name}`, answer)
      return true
    },
    [Symbol.asyncDispose]: session[Symbol.asyncDispose],
  }
}

/** The state of no file: who expects it removes none. */
const noFile: FileIdentity = { size: 0, mtimeSeconds: 0, inode: '0' }

function refusal(label: string, name: string, answer: WriterAnswer): Error {
  switch (answer.kind) {
    case 'none':
      return fileNotFound(label, name)
    case 'changed':
      return fileChanged(label, name)
    case 'pinned':
      return new NodeFilesError('NODE_FILE_PINNED', `${label}: ${name} is pinned`, {
        hint: 'Somebody wants it kept. Who may say otherwise runs: kubectl checkpoint unkeep',
      })
    case 'failed':
      return new NodeFilesError('NODE_FILE_NOT_CHANGED', `${label}: ${name}: ${answer.reason}`, {
        hint: 'Look at the folder on the node: its file system may be read-only, full or damaged.',
      })
    default:
      return new NodeFilesError(
        'NODE_FILE_NOT_ARCHIVE',
        `${label}: ${name} is not an archive, or not a regular file`,
        { hint: 'Only files that are named as the kubelet names them are changed: checkpoint-….tar' },
      )
  }
}
