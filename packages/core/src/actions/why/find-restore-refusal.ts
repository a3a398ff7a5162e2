import { explainRestoreFailure } from '../../diagnosis/index.ts'
import type { RefusalDocument } from '../../documents/index.ts'
import type { TargetContainer } from '../../remote/targets/index.ts'
import type { Report } from './find-reports.ts'

/** The newest of the reports that are about a failed restore, with those that say the same; undefined if none is. */
export function findRestoreRefusal(
  { namespace, pod, container, node }: TargetContainer,
  reports: readonly Report[],
): RefusalDocument | undefined {
  const found = reports
    .flatMap((report) => {
      const explanation = explainRestoreFailure(report.text)
      return explanation === undefined ? [] : [{ report, explanation }]
    })
    .sort((a, b) => compareTimes(b.report.at, a.report.at))
  const [newest] = found
  if (!newest) return undefined
  const { causes, lines } = newest.explanation
  const same = found.filter(({ explanation }) => explanation.causes[0]?.id === causes[0]?.id)
  const at = same.find(({ report }) => report.at !== undefined)?.report.at
  return {
    namespace,
    pod,
    container,
    node,
    operation: 'restore',
    ...(at === undefined ? {} : { at }),
    causes,
    lines,
    message: newest.report.text,
    evidence: same.map(({ report: { source, place, at } }) => ({ source, place, ...(at && { at }) })),
  }
}

/** What is so at the moment is newer than what has a time. */
function compareTimes(a: string | undefined, b: string | undefined): number {
  if (a === undefined || b === undefined) return Number(a === undefined) - Number(b === undefined)
  return Date.parse(a) - Date.parse(b)
}
