import type { Inspection } from '../../documents/index.ts'
import { quote } from '../../quote.ts'
import { ActionError } from '../errors.ts'

export interface NarrowedInspection {
  readonly inspection: Inspection
  /** NO_SUCH_PROCESS, if the archive lacks some of the processes. */
  readonly missing?: ActionError
}

/**
 * An inspection of these processes alone, and of what is odd about them or the container.
 * @throws {ActionError} NO_SUCH_PROCESS if the archive has none of them.
 */
export function narrowInspection(whole: Inspection, pids: ReadonlySet<number>): NarrowedInspection {
  const processes = whole.processes.filter(({ pid }) => pids.has(pid))
  const findings = whole.findings.filter(
    (finding) => finding.pids.length === 0 || finding.pids.some((pid) => pids.has(pid)),
  )
  const inspection = { ...whole, processes, findings }
  const missing = pids.difference(new Set(processes.map(({ pid }) => pid)))
  if (missing.size === 0) return { inspection }
  const error = noSuchProcess(whole, missing)
  if (processes.length === 0) throw error
  return { inspection, missing: error }
}

// As many PIDs are read at a glance.
const maxListed = 20

function noSuchProcess({ archive, processes }: Inspection, missing: ReadonlySet<number>): ActionError {
  const message = `${archive.label} has no process ${quote([...missing].join(', '))}`
  return new ActionError('NO_SUCH_PROCESS', message, { hint: explainProcesses(processes) })
}

function explainProcesses(processes: Inspection['processes']): string {
  if (processes.length === 0) return 'It tells of no processes at all: see what else it says without --pid.'
  if (processes.length > maxListed) return 'See which there are with `inspect --processes`.'
  return `It has ${processes.map(({ pid }) => pid).join(', ')}.`
}
