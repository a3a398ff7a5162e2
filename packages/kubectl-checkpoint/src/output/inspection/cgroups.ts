import { columnsTable } from '../columns.ts'
import type { SectionView } from './section-view.ts'

export const cgroupsSection: SectionView = {
  title: 'Control groups',
  // Engines' own groups are in the image, too.
  toText: ({ cgroups = [] }, options) =>
    columnsTable(
      [
        { name: 'CONTROLLERS', cell: ({ controllers }) => controllers.join(',') || undefined },
        { name: 'PIDS', cell: ({ processes }) => processes.join(',') || undefined },
        { name: 'PATH', cell: ({ path }) => path },
        {
          name: 'PROPERTIES',
          cell: ({ properties }) =>
            Object.entries(properties)
              .map(([name, value]) => `${name}=${value.trim()}`)
              .join(' ') || undefined,
          wide: true,
        },
      ],
      options.wide ? cgroups : cgroups.filter(({ processes }) => processes.length > 0),
      options,
    ),
}
