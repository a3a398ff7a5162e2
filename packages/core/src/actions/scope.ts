import pLimit, { type LimitFunction } from 'p-limit'
import type { Catalogue } from '../catalogue/index.ts'
import type { Clock } from '../clock.ts'
import type { Connection } from '../remote/cluster/index.ts'
import { createReaders, type ReaderEvent, type Readers } from '../remote/node-files/index.ts'
import { namespaceOf } from '../remote/node-pods/index.ts'
import type { RoleName } from '../remote/rbac/index.ts'
import { archiveFolders } from './archives/archive-folder.ts'
import type { Context, NodeSettings } from './context.ts'
import type { ActionEvent } from './events.ts'
import { nameRole } from './name-role.ts'

/** What the steps of one running action share. Disposing of it removes the reader pods. */
export interface Scope extends AsyncDisposable {
  readonly connection: Connection
  readonly readers: Readers
  readonly settings: NodeSettings
  readonly catalogue: Catalogue
  readonly clock: Clock
  readonly emit: (event: ActionEvent) => void
  readonly signal: AbortSignal
  /** Where the kubelet of a node puts archives: as configured, else where it put its newest, else its default. */
  archiveFolder(node: string): Promise<string>
  /** Downloads from one node go one after the other: they share a connection, and one that is done is kept. */
  inTurn<T>(node: string, work: () => Promise<T>): Promise<T>
}

/**
 * Connects to the cluster. Whoever lacks a right is told of `role`, which has all that the action takes.
 * @throws {ClusterError} @throws {ConfigurationError}
 */
export async function openScope(
  context: Context,
  emit: (event: ActionEvent) => void,
  signal: AbortSignal,
  role: RoleName,
): Promise<Scope> {
  const [anyPurpose, settings] = await Promise.all([context.connect(), context.settings()])
  const readerNamespace = namespaceOf(anyPurpose, settings.pods)
  const connection = nameRole(anyPurpose, { role, readerNamespace })
  const { clock, catalogue } = context
  const onEvent = (event: ReaderEvent) => emit(readerNotice(event))
  const readers = createReaders(connection, settings.pods, { clock, onEvent })
  const turns = new Map<string, LimitFunction>()
  return {
    connection,
    readers,
    settings,
    catalogue,
    clock,
    emit,
    signal,
    archiveFolder: archiveFolders(settings, () => catalogue.read(connection.origin)),
    async inTurn(node, work) {
      const turn = turns.get(node) ?? pLimit(1)
      turns.set(node, turn)
      return turn(async () => {
        signal.throwIfAborted()
        return work()
      })
    },
    [Symbol.asyncDispose]: () => readers[Symbol.asyncDispose](),
  }
}

function readerNotice(event: ReaderEvent): ActionEvent {
  if (event.type === 'left') {
    const { namespace, pod, reason } = event
    return { type: 'notice', notice: { kind: 'reader-left', namespace, pod, reason } }
  }
  const { node, name, atByte, reason } = event
  return { type: 'notice', item: `${node}:${name}`, notice: { kind: 'connection-resumed', atByte, reason } }
}
