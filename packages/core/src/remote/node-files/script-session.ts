import { ClusterError, type ExecSession } from '../cluster/index.ts'
import { NodeFilesError } from './errors.ts'
import { type FrameReader, frameReader } from './frame-reader.ts'

/** One connection to a script in a pod that answers request lines, one after the other. */
export interface ScriptSession extends AsyncDisposable {
  /** Sends a request at once and parses its answer when the ones before are through. Requests may overlap. */
  request<T>(line: string, parse: (frames: FrameReader) => Promise<T>): Promise<T>
  /** What to throw for an answer outside the protocol. */
  invalid(answer: string): NodeFilesError
  /** What to throw where an answer ends before its time. */
  closed(): ClusterError
}

/**
 * Greets the script at the other end of `exec`, which the session then owns.
 * @throws {NodeFilesError} READER_IMAGE_UNSUITABLE; READER_ANSWER_INVALID.
 */
export async function openScriptSession(exec: ExecSession, label: string): Promise<ScriptSession> {
  const closed = () => connectionLost(`${label}: the reader's connection closed${said(exec)}`)
  const invalid = (answer: string) => invalidAnswer(label, answer)
  const frames = frameReader(exec.stdio, closed)
  try {
    const greeting = await frames.readLine()
    if (greeting.startsWith('missing ')) throw unsuitable(label, greeting.slice('missing '.length))
    if (greeting !== 'ready') throw invalid(greeting)
  } catch (error) {
    await exec[Symbol.asyncDispose]()
    throw error
  }

  let last: Promise<unknown> = Promise.resolve()
  return {
    request(line, parse) {
      exec.stdio.write(`${line}\n`)
      const answer = last.then(() => parse(frames))
      // After half an answer nothing that follows can be told apart: whoever waits needs another connection.
      last = answer.catch(async () => {
        await exec[Symbol.asyncDispose]()
        throw closed()
      })
      last.catch(() => {})
      return answer
    },
    invalid,
    closed,
    [Symbol.asyncDispose]: () => exec[Symbol.asyncDispose](),
  }
}

export const connectionLost = (message: string): ClusterError =>
  new ClusterError('EXEC_LOST', message, {
    hint: 'Run the command again; if it stays so, look at the node and at what stands between you and it.',
  })

export const invalidAnswer = (label: string, answer: string): NodeFilesError =>
  new NodeFilesError('READER_ANSWER_INVALID', `${label}: the reader answered ${JSON.stringify(answer)}`, {
    hint: 'Name another image with --reader-image; one with busybox is enough.',
  })

export const unsuitable = (label: string, tool: string): NodeFilesError =>
  new NodeFilesError('READER_IMAGE_UNSUITABLE', `${label}: the reader's image has no usable ${tool}`, {
    hint: 'Name another image with --reader-image; one with busybox is enough.',
  })

function said(exec: ExecSession): string {
  const text = exec.stderr().trim().split('\n').at(-1)
  return text ? `: ${text}` : ''
}
