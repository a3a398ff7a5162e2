import type { CatalogueEntry, RefusedEntry } from '../../catalogue/index.ts'
import { explainCriuLog } from '../../diagnosis/index.ts'
import type { RefusalDocument } from '../../documents/index.ts'
import type { TargetContainer } from '../../remote/targets/index.ts'
import type { DumpLog } from './read-dump-log.ts'

/** How the catalogue is called in evidence. */
export const cataloguePlace = 'what this machine remembers'

/**
 * The last refused checkpoint of a container, by CRIU's log on the node and by what this machine remembers; undefined if
 * neither tells of any.
 */
export function findCheckpointRefusal(
  target: TargetContainer,
  log: DumpLog | undefined,
  entries: readonly CatalogueEntry[],
): RefusalDocument | undefined {
  const own = entries.filter((entry) => isOf(entry, target))
  const refused = own.findLast((entry) => entry.kind === 'refused')
  const taken = own.findLast((entry) => entry.kind === 'taken')
  const refusal = newestOf(target, log, refused)
  if (refusal?.at === undefined || taken === undefined || taken.takenAt <= refusal.at) return refusal
  return { ...refusal, succeededAt: taken.takenAt }
}

const isOf = (entry: CatalogueEntry, { namespace, pod, container }: TargetContainer): boolean =>
  entry.namespace === namespace && entry.pod === pod && entry.container === container

function newestOf(
  target: TargetContainer,
  log: DumpLog | undefined,
  entry: RefusedEntry | undefined,
): RefusalDocument | undefined {
  if (log === undefined) return entry && fromEntry(target, entry)
  const found = fromLog(target, log)
  if (entry === undefined) return found
  // CRIU writes one log a container, over the one before: it is of this refusal or of a later one.
  if (entry.logPath === log.path) return { ...found, evidence: [...found.evidence, evidenceOf(entry)] }
  return Date.parse(entry.at) > log.modifiedAt.getTime() ? fromEntry(target, entry) : found
}

function fromLog(target: TargetContainer, { text, modifiedAt, path }: DumpLog): RefusalDocument {
  const { causes, lines } = explainCriuLog(text)
  const at = modifiedAt.toISOString()
  const evidence = [{ source: 'criu-log' as const, place: `${target.node}:${path}`, at }]
  return { ...addressOf(target), operation: 'checkpoint', at, causes, lines, evidence }
}

function fromEntry(target: TargetContainer, entry: RefusedEntry): RefusalDocument {
  const { namespace, pod, container } = target
  const hint = `Whether it still is so, and what to do about it, shows: kubectl checkpoint doctor -n ${namespace} ${pod}/${container}`
  return {
    ...addressOf(target),
    operation: 'checkpoint',
    at: entry.at,
    causes: [{ id: entry.code, meaning: sentence(entry.message), hint }],
    lines: [],
    evidence: [evidenceOf(entry)],
  }
}

const evidenceOf = ({ at }: RefusedEntry) => ({ source: 'catalogue' as const, place: cataloguePlace, at })

const addressOf = ({ namespace, pod, container, node }: TargetContainer) => ({
  namespace,
  pod,
  container,
  node,
})

/** Messages of errors follow a colon. */
const sentence = (message: string): string =>
  `${message.charAt(0).toUpperCase()}${message.slice(1)}${/[.!?]$/.test(message) ? '' : '.'}`
