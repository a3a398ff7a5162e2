import { NodeProbeError } from './errors.ts'

/** A question to a node, as a value: what runs there, and what its answer means. */
export interface Inquiry<Answer> {
  /**
   * For a POSIX shell. `$1` is where the node's files are, `$2` its `/proc`; `args` follow. What shall be known it
   * pipes into `section NAME`, as often as it likes.
   */
  readonly script: string
  /** Never part of the script. */
  readonly args: readonly string[]
  /** Of what a node says nothing is to be believed but that it says so. */
  parse(sections: Sections): Answer
}

/** What a script has said, by the names it gave; later sections of one name take the place of earlier ones. */
export type Sections = ReadonlyMap<string, string>

/** Of one section; what is more is cut off. */
export const longestSection = 256 * 1024

/** A section is a line `NAME LENGTH`, so many bytes, and a newline. After the last one there is a line `end`. */
export const wholeScript = ({ script }: Pick<Inquiry<unknown>, 'script'>): string => `
export LC_ALL=C
section() {
  text=$(head -c ${longestSection}; echo .)
  text=\${text%.}
  printf '%s %s\\n%s\\n' "$1" "\${#text}" "$text"
}
${script}
echo end
`

/** @throws {NodeProbeError} PROBE_FAILED */
export function parseSections(bytes: Uint8Array, label: string): Sections {
  const answer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  const sections = new Map<string, string>()
  for (let offset = 0; ; ) {
    const newline = answer.indexOf(0x0a, offset)
    const line = answer.toString('utf8', offset, Math.max(newline, offset))
    if (line === 'end') return sections
    const [, name, length] = /^([a-z-]+) (\d{1,7})$/.exec(line) ?? []
    const start = newline + 1
    const end = start + Number(length)
    if (name === undefined || end >= answer.length) {
      throw new NodeProbeError('PROBE_FAILED', `${label}: the probe answered ${JSON.stringify(line)}`, {
        hint: 'Name another image with --reader-image; one with busybox is enough.',
      })
    }
    sections.set(name, answer.toString('utf8', start, end))
    offset = end + 1
  }
}
