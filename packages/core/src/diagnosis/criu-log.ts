/** A line in which CRIU reports an error. */
interface CriuErrorLine {
  /** The whole line as it stands in the log. */
  readonly line: string
  /** What follows `Error (criu/sk-inet.c:200): `, where the entries of a catalogue look. */
  readonly text: string
}

/** What can be told from a log of CRIU without knowing any of its messages by heart. */
export interface CriuLog {
  readonly lines: readonly string[]
  /** In the order of the log, those that say nothing about the failure left out. */
  readonly errors: readonly CriuErrorLine[]
  /** The file on the node whose options override those of the container runtime. */
  readonly configurationFile: string
}

const errorLine = /^(?:\([\d.]+\) )?(?:pie: )?(?: *\d+: )?Error \([^)]+:\d+\): (.*)$/

/** Errors that CRIU survives, and those that only repeat on the way out that something failed further down. */
const noise = [
  /^rlimit: Can't setup RLIMIT_NOFILE/,
  /^(?:Dump|Collect) .* failed with -?\d+$/,
  /^(?:Pre-dumping|Dumping|Restoring) FAILED\.$/,
  /^Can't dump (?:threads|thread for pid \d+|misc \(pid: \d+\))$/,
  /^Namespaces dumping finished with error/,
  /^cg: cgroupd: recv req error/,
]

const configurationFile = /Would overwrite RPC settings with values from (\/\S+)/

/** Never throws: a log cut short anywhere is a log. */
export function parseCriuLog(text: string): CriuLog {
  const lines = text.split(/\r?\n/)
  const errors = lines
    .map((line) => ({ line, text: errorLine.exec(line)?.[1]?.trim() ?? '' }))
    .filter((error) => error.text !== '' && !noise.some((pattern) => pattern.test(error.text)))
  return {
    lines,
    errors,
    // Without the option that makes runc pass another file, this one is what it passes.
    configurationFile: configurationFile.exec(text)?.[1] ?? '/etc/criu/runc.conf',
  }
}
