import type { Section } from '@kubectl-checkpoint/core/documents'
import type { InferredOptionTypes, Options } from 'yargs'
import type { OutputFormat } from '../output/format.ts'
import type { ShownSection } from '../output/inspection/sections.ts'
import { UsageError } from '../usage-error.ts'
import { text } from './text.ts'

const group = 'What to show, in place of the summary:'

const sections = {
  processes: { group, type: 'boolean', describe: 'Processes as a tree' },
  threads: { group, type: 'boolean', describe: 'Threads; with -o wide their signals and registers' },
  env: { group, type: 'boolean', describe: 'Environment variables, secrets among them' },
  files: { group, type: 'boolean', describe: 'Open files' },
  sockets: { group, type: 'boolean', describe: 'Sockets with their states, ends and queues' },
  memory: { group, type: 'boolean', describe: 'Memory; with -p or -o wide its mappings' },
  mounts: { group, type: 'boolean', describe: 'Mounts' },
  namespaces: { group, type: 'boolean', describe: 'Host name, network, IPC objects, users, clocks' },
  cgroups: { group, type: 'boolean', describe: 'Control groups; with -o wide their settings' },
  spec: { group, type: 'boolean', describe: 'How the engine was told to run the container' },
  log: { group, type: 'boolean', describe: "The end of the container's log" },
  stats: { group, type: 'boolean', describe: 'What the dump cost' },
  findings: { group, type: 'boolean', describe: 'What is odd, with evidence' },
} as const satisfies Record<ShownSection, Options>

/** Which parts of an archive are looked at. */
export const sectionFlags = {
  ...sections,
  tree: { group, type: 'boolean', describe: 'The same as --processes' },
  all: { group, type: 'boolean', describe: 'The summary, and all of these' },
  pid: {
    group,
    alias: 'p',
    ...text,
    array: true,
    describe: 'Only these processes (-p 1,6); without other flags of this group, what each of them is',
  },
} as const satisfies Record<string, Options>

export type SectionFlags = InferredOptionTypes<typeof sectionFlags>

/** The sections that flags name; `undefined` if there are no such flags. */
export function shownSections(flags: SectionFlags): readonly ShownSection[] | 'all' | undefined {
  if (flags.all) return 'all'
  const named = (Object.keys(sections) as ShownSection[]).filter((section) => flags[section])
  if (flags.tree && !flags.processes) named.unshift('processes')
  return named.length > 0 ? named : undefined
}

/** What must be read to show `shown`. Documents are whole where nothing less is asked for, as kubectl's are. */
export function sectionsToRead(
  shown: readonly ShownSection[] | 'all' | undefined,
  format: OutputFormat,
  ofProcesses: boolean,
): ReadonlySet<Section> | 'all' {
  if (shown === 'all') return 'all'
  // In a text, open files say which sockets they are.
  if (shown)
    return new Set([
      ...shown.filter(isRead),
      ...(format.kind === 'text' && shown.includes('files') ? ['sockets' as const] : []),
    ])
  if (format.kind === 'name') return new Set()
  if (format.kind !== 'text') return 'all'
  // The summary says who listens.
  return new Set<Section>(ofProcesses ? [] : ['sockets'])
}

/** Processes and findings are always there. */
const isRead = (section: ShownSection): section is ShownSection & Section =>
  section !== 'processes' && section !== 'findings'

/**
 * The processes that `-p 1,6 -p 7` names; `undefined` without it.
 * @throws {UsageError}
 */
export function parsePids(values: readonly string[] | undefined): readonly number[] | undefined {
  return values?.flatMap((value) => value.split(',')).map(parsePid)
}

function parsePid(word: string): number {
  if (!/^[1-9]\d{0,9}$/.test(word)) throw new UsageError(`--pid: ${JSON.stringify(word)} is not a process ID`)
  return Number(word)
}
