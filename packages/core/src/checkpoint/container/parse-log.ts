import type { LogLineDocument } from '../../documents/index.ts'
import { parseLogLine } from './parse-log-line.ts'

/** Lines of a container's log, those that the engine wrote in parts put together again, as `kubectl logs` does. */
export function parseLog(text: string): readonly LogLineDocument[] {
  const lines: LogLineDocument[] = []
  // Of each stream, the line whose end is still to come: the streams' lines may stand between each other's parts.
  const unfinished = new Map<string | undefined, { readonly index: number; readonly parts: string[] }>()
  const finish = (stream: string | undefined) => {
    const started = unfinished.get(stream)
    const line = started && lines[started.index]
    if (started && line) lines[started.index] = { ...line, text: started.parts.join('') }
    unfinished.delete(stream)
  }
  for (const raw of text.split('\n')) {
    const { isPartial, ...line } = parseLogLine(raw)
    const started = unfinished.get(line.stream)
    if (started) started.parts.push(line.text)
    else if (isPartial) unfinished.set(line.stream, { index: lines.length, parts: [line.text] })
    if (!started) lines.push(line)
    if (!isPartial) finish(line.stream)
  }
  for (const stream of [...unfinished.keys()]) finish(stream)
  return lines
}
