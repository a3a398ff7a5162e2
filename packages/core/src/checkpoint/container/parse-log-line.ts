import type { LogLineDocument } from '../../documents/index.ts'
import { parseJsonObject } from '../engines/index.ts'

/** A line of a log file, which may be a part of what the container wrote as one. */
export type ParsedLogLine = LogLineDocument & { readonly isPartial: boolean }

const isStream = (name: string | undefined): name is 'stdout' | 'stderr' =>
  name === 'stdout' || name === 'stderr'

/**
 * One line: `TIME STREAM F TEXT` (with P for a part that isn't the last), which the CRI and Podman's k8s-file have in
 * common, or an object `{log, stream, time}`. Anything else is a text without time.
 */
export function parseLogLine(line: string): ParsedLogLine {
  const [, time, stream, tags, text] = /^(\S+) (stdout|stderr) ([A-Z:]+) (.*)$/s.exec(line) ?? []
  if (time !== undefined && text !== undefined && isStream(stream)) {
    return { time, stream, text, isPartial: tags?.startsWith('P') ?? false }
  }
  return (line.startsWith('{') ? parseJsonLine(line) : undefined) ?? { text: line, isPartial: false }
}

function parseJsonLine(line: string): ParsedLogLine | undefined {
  const object = parseJsonObject(line)
  const text = object.text('log')
  const time = object.text('time')
  const stream = object.text('stream')
  if (text === undefined || time === undefined || !isStream(stream)) return undefined
  const isWhole = text.endsWith('\n')
  return { time, stream, text: isWhole ? text.slice(0, -1) : text, isPartial: !isWhole }
}
