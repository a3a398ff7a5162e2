import type { Inspection } from '@kubectl-checkpoint/core/documents'
import type { ShownSection } from './sections.ts'

/** The entries of an archive that a section tells of. An archive that is cut off may lack any of them. */
const sources: Readonly<Record<ShownSection, RegExp>> = {
  processes: /^pstree\.img$/,
  threads: /^(pstree|core-\d+)\.img$/,
  env: /^(pstree|mm-\d+|pagemap-\d+|pages-\d+)\.img$/,
  files: /^(pstree|files|ids-\d+|fdinfo-\d+)\.img$/,
  sockets: /^(pstree|files|ids-\d+|fdinfo-\d+)\.img$/,
  memory: /^(pstree|mm-\d+|pagemap-\d+)\.img$/,
  mounts: /^mountpoints-\d+\.img$/,
  namespaces: /^(?!core|mm|fs|fdinfo|files|page).*-\d+\.img$/,
  cgroups: /^cgroup\.img$/,
  spec: /^spec\.dump$/,
  log: /log$/,
  stats: /^stats-dump$/,
  findings: /./,
}

/** The broken entries for which a section may lack something. */
export const damageOf = (section: ShownSection, { unreadable }: Inspection): readonly string[] =>
  unreadable.filter(({ entry }) => sources[section].test(entry)).map(({ entry }) => entry)
