import { createNodeProbes, type NodeProbes } from '../remote/node-probe/index.ts'
import type { Scope } from './scope.ts'

/** Probes of nodes that tell of a pod that could not be removed. */
export const openProbes = ({
  connection,
  settings,
  clock,
  emit,
}: Pick<Scope, 'connection' | 'settings' | 'clock' | 'emit'>): NodeProbes =>
  createNodeProbes(connection, settings.pods, {
    clock,
    onLeft: ({ namespace, name }, reason) =>
      emit({ type: 'notice', notice: { kind: 'reader-left', namespace, pod: name, reason } }),
  })
