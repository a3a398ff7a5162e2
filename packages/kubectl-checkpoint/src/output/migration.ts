import type { MigrationResult } from '@kubectl-checkpoint/core/actions'
import type { Migration, MigrationPlan } from '@kubectl-checkpoint/core/documents'
import { failureDocument } from './failures.ts'
import { printable } from './printable.ts'
import { table } from './table.ts'
import { duration } from './units.ts'
import type { View } from './view.ts'
import { wrap } from './wrap.ts'

/** What became of each pod; why some stayed goes to stderr. */
export const migrationView: View<MigrationResult> = {
  toDocument: ({ emptied, moved, failures }): Migration => ({
    apiVersion: 'kubectl-checkpoint/v1',
    kind: 'Migration',
    ...(emptied !== undefined && { emptied }),
    moved,
    stayed: failures.map(({ move: { namespace, pod, container, from }, ...failure }) => ({
      namespace,
      pod,
      container,
      from,
      ...failureDocument(failure),
    })),
  }),
  toText: ({ moved }, { wide, headers }) =>
    moved.length === 0
      ? ''
      : table(
          ['NAMESPACE', 'POD', 'FROM', 'TO', 'NEW POD', 'FROZEN', 'GAP', ...(wide ? ['IMAGE'] : [])],
          moved.map(({ namespace, pod, from, to = '', newPod, frozenMs, gapMs, image }) => [
            namespace,
            pod,
            from,
            to,
            newPod,
            frozenMs === undefined ? '' : `${frozenMs.toFixed(1)} ms`,
            duration(gapMs),
            ...(wide ? [image] : []),
          ]),
          { headers },
        ),
  toNames: ({ moved }) => moved.map(({ newPod }) => `pod/${newPod}`),
}

/** What would become of each pod. */
export const migrationPlanView: View<MigrationPlan> = {
  toDocument: (plan) => plan,
  toText: ({ moves }, { headers }) =>
    table(
      ['NAMESPACE', 'POD', 'CONTAINER', 'CONTROLLER', 'FROM', 'TO', 'MOVES'],
      moves.map(({ namespace, pod, container, controller = '', from, to = '(any)', blockers }) => [
        namespace,
        pod,
        container,
        controller,
        from,
        to,
        blockers.length === 0 ? 'yes' : `no: ${blockers.map(({ id }) => id).join(', ')}`,
      ]),
      { headers },
    ),
  toNames: ({ moves }) => moves.map(({ pod }) => `pod/${pod}`),
}

/** What goes to stderr about a plan: what the moved pods will lack. */
export const describeMoves = ({ moves }: MigrationPlan, width: number): string =>
  moves
    .filter(({ blockers }) => blockers.length === 0)
    .flatMap(({ namespace, pod, warnings }) =>
      warnings.map(
        ({ message }) => `${wrap(printable(`warning: ${namespace}/${pod}: ${message}`), width)}\n`,
      ),
    )
    .join('')
