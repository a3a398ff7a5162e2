import { createHash } from 'node:crypto'
import type { Clock } from '../../clock.ts'
import { CheckpointError } from '../../errors.ts'
import { RegistryError } from './errors.ts'
import type { RegistryAnswer } from './http-client.ts'
import type { RepositoryClient } from './repository-client.ts'

/** A blob on its way into a repository. */
export interface BlobUpload {
  /**
   * Sends the blob's bytes, piece by piece, each of which is held until the registry has it: where a connection breaks,
   * the registry is asked how far it got. `onProgress` is told of all bytes that it has.
   * @throws {RegistryError} REGISTRY_FAILED; REGISTRY_FORBIDDEN. @throws {ClusterError} CONNECTION_LOST; UNREACHABLE.
   */
  send(
    pieces: AsyncIterable<Uint8Array>,
    onProgress?: (bytesSent: number) => void,
  ): Promise<{ digest: string; size: number }>
  /** Has the registry forget what it got. Never fails: registries forget unfinished uploads by themselves, too. */
  cancel(): Promise<void>
}

/** Waits before an upload goes on that broke, in milliseconds; after the last one the failure stands. */
const patienceMs = [200, 1000, 3000, 10_000]
const maxAnswerLength = 64 * 1024

/** Asks for an upload. @throws as `BlobUpload.send`. @see distribution-spec 1.1, "Pushing a blob in chunks" */
export async function startBlobUpload(
  client: RepositoryClient,
  clock: Clock,
  signal: AbortSignal,
): Promise<BlobUpload> {
  const { base, label, check } = client
  const ask = (
    method: 'DELETE' | 'GET' | 'PATCH' | 'POST' | 'PUT',
    url: URL,
    options: { headers?: Readonly<Record<string, string>>; body?: Uint8Array; signal?: AbortSignal } = {},
  ) =>
    client.send({
      method,
      url,
      headers: options.headers ?? {},
      maxLength: maxAnswerLength,
      signal: options.signal ?? signal,
      ...(options.body && { body: options.body, isRepeatable: false }),
    })

  const started = await ask('POST', new URL('blobs/uploads/', base))
  check(started, label, 202)
  let location = locationOf(started, base)

  /** How many bytes the registry has. */
  const findReceived = async (): Promise<number> => {
    const answer = await ask('GET', location)
    check(answer, label, 204)
    location = locationOf(answer, location)
    const [, last] = /^(?:bytes=)?0-(\d{1,15})$/.exec(`${answer.headers.range ?? ''}`) ?? []
    // Of nothing, too, registries say 0-0.
    return Number(last ?? 0) === 0 ? 0 : Number(last) + 1
  }

  /** Sends `piece`, which begins at `offset`, as far as the registry does not have it. */
  const sendPiece = async (piece: Uint8Array, offset: number): Promise<void> => {
    let from = offset
    for (let tries = 0; ; tries += 1) {
      try {
        const body = piece.subarray(from - offset)
        const answer = await ask('PATCH', location, {
          body,
          headers: {
            'content-type': 'application/octet-stream',
            'content-range': `${from}-${offset + piece.length - 1}`,
          },
        })
        if (answer.status >= 500 || answer.status === 416) throw serverFailed(label, base, answer.status)
        check(answer, label, 202)
        location = locationOf(answer, location)
        return
      } catch (error) {
        const wait = patienceMs[tries]
        if (signal.aborted || !isPassing(error) || wait === undefined) throw error
        await clock.sleep(wait, signal)
        from = await findReceived()
        if (from === offset + piece.length) return
        if (from < offset || from > offset + piece.length) throw serverFailed(label, base, 416)
      }
    }
  }

  return {
    async send(pieces, onProgress) {
      const hash = createHash('sha256')
      let size = 0
      for await (const piece of pieces) {
        signal.throwIfAborted()
        hash.update(piece)
        await sendPiece(piece, size)
        size += piece.length
        onProgress?.(size)
      }
      const digest = `sha256:${hash.digest('hex')}`
      const finish = new URL(location)
      finish.searchParams.set('digest', digest)
      const answer = await ask('PUT', finish)
      if (answer.status === 400 || answer.status === 416) {
        throw new RegistryError('REGISTRY_FAILED', `${label}: ${base.host} got other bytes than were sent`, {
          hint: 'Push it again: what the registry has of it is not used.',
        })
      }
      check(answer, label, 201)
      return { digest, size }
    },
    async cancel() {
      await ask('DELETE', location, { signal: AbortSignal.timeout(maxCancelMs) }).catch(() => {})
    },
  }
}

const maxCancelMs = 5000

/** Has the registry forget an upload that it has `started`. Never fails. */
export async function cancelUpload({ base, send }: RepositoryClient, started: RegistryAnswer): Promise<void> {
  try {
    const url = locationOf(started, base)
    const signal = AbortSignal.timeout(maxCancelMs)
    await send({ method: 'DELETE', url, headers: {}, maxLength: maxAnswerLength, signal })
  } catch {}
}

const serverFailed = (label: string, { host }: URL, status: number): RegistryError =>
  new RegistryError('REGISTRY_FAILED', `${label}: ${host} answers with status ${status}`)

/** What may be over in a moment. */
const isPassing = (error: unknown): boolean =>
  error instanceof CheckpointError && ['CONNECTION_LOST', 'REGISTRY_FAILED'].includes(error.code)

/** Where the upload goes on: an address of the registry's own choice, to which the bytes of a memory go. */
function locationOf({ headers }: RegistryAnswer, from: URL): URL {
  const location = `${headers.location ?? ''}`
  const url = location !== '' && URL.canParse(location, from.href) ? new URL(location, from) : undefined
  if (url?.origin === from.origin) return url
  throw new RegistryError('REGISTRY_FAILED', `${from.host} names no place of its own for the upload`)
}
