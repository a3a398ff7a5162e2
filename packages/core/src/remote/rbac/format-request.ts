import { shellWord } from '../../shell-word.ts'
import type { ManifestRequest } from './plan-manifest.ts'
import { formatSubject } from './subject.ts'

/** The command line whose manifest is that of `planManifest`. */
export function formatRequest(request: Omit<ManifestRequest, 'scope'>): string {
  const { roles, subject, namespace, readerNamespace, nodes = [] } = request
  const words = [
    ...roles,
    ...(subject === undefined ? [] : ['--for', formatSubject(subject)]),
    ...(namespace === undefined ? [] : ['--namespace', namespace]),
    ...(readerNamespace === undefined ? [] : ['--reader-namespace', readerNamespace]),
    ...nodes.flatMap((node) => ['--node', node]),
  ]
  return `kubectl checkpoint rbac ${words.map(shellWord).join(' ')}`
}
