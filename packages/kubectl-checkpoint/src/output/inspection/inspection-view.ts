import type { ItemFailure } from '@kubectl-checkpoint/core/actions'
import type { Inspection } from '@kubectl-checkpoint/core/documents'
import { failureDocuments } from '../failures.ts'
import { printable } from '../printable.ts'
import { apiVersion, type TextOptions, type View } from '../view.ts'
import { describeProcess } from './describe-process.ts'
import { overview } from './overview.ts'
import { damageOf } from './section-damage.ts'
import { type ShownSection, sectionViews } from './sections.ts'
import { summary } from './summary.ts'
import { describeUnread } from './unreadable.ts'

export interface InspectionResult {
  readonly inspections: readonly Inspection[]
  readonly failures: readonly ItemFailure[]
}

/** What text is to show of an inspection. */
export interface Shown {
  /** `undefined` for the summary, or, of processes that were named, their descriptions. */
  readonly sections: readonly ShownSection[] | 'all' | undefined
  /** Whether the user named processes. */
  readonly ofProcesses: boolean
  /** Whether several archives were named, of which some may have failed. */
  readonly severalArchives: boolean
  /** For the ages of things. */
  readonly now: Date
}

/** What archives hold: their summaries, or the sections that were asked for. */
export const inspectionView = (shown: Shown): View<InspectionResult> => ({
  toDocument({ inspections, failures }) {
    const [only] = inspections
    if (only && !shown.severalArchives) return only
    return { apiVersion, kind: 'List', items: inspections, failures: failureDocuments(failures) }
  },
  toText: ({ inspections }, options) =>
    inspections
      .map((inspection) => {
        const text = textOf(inspection, shown, options)
        return shown.severalArchives ? `==> ${printable(inspection.archive.label)} <==\n${text}` : text
      })
      .join('\n'),
  toNames: ({ inspections }) => inspections.map(({ archive }) => archive.label),
})

function textOf(inspection: Inspection, { sections, ofProcesses, now }: Shown, options: TextOptions): string {
  if (sections === undefined) {
    return ofProcesses
      ? inspection.processes.map((process) => describeProcess(process, options)).join('\n')
      : summary(inspection, now, options)
  }
  const names = sections === 'all' ? (Object.keys(sectionViews) as ShownSection[]) : sections
  const texts = names.map((name) => {
    const { title, toText } = sectionViews[name]
    const whole = toText(inspection, { ...options, ofProcesses })
    // What is broken may have held some.
    const isDoubtful = whole === 'none\n' && damageOf(name, inspection).length > 0
    const text = isDoubtful ? 'none that could be read\n' : whole
    return names.length > 1 ? `${title}\n${text}` : text
  })
  const parts = [
    ...(sections === 'all' ? [overview(inspection, now, options)] : []),
    ...texts,
    describeUnread(inspection, options.width),
  ]
  return parts.filter((text) => text !== '').join('\n')
}
