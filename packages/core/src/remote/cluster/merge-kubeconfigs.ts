import type { Kubeconfig } from './kubeconfig.ts'

/** Several kubeconfigs as one. Of two entries with one name the first counts, and the first current context. */
export function mergeKubeconfigs(kubeconfigs: readonly Kubeconfig[]): Kubeconfig {
  // Later entries of a Map replace earlier ones, so the first file comes last.
  const lastFirst = kubeconfigs.toReversed()
  return {
    currentContext: kubeconfigs.find(({ currentContext }) => currentContext)?.currentContext,
    clusters: new Map(lastFirst.flatMap(({ clusters }) => [...clusters])),
    users: new Map(lastFirst.flatMap(({ users }) => [...users])),
    contexts: new Map(lastFirst.flatMap(({ contexts }) => [...contexts])),
  }
}
