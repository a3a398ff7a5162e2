import type { NamespacesDocument } from '@kubectl-checkpoint/core/documents'
import { type Field, fields } from '../fields.ts'
import { printable, printableLines } from '../printable.ts'
import { bytes } from '../units.ts'
import type { SectionView } from './section-view.ts'

/** What each namespace holds, a paragraph; the firewall's rules only with `-o wide`. */
export const namespacesSection: SectionView = {
  title: 'Namespaces',
  toText({ namespaces }, { headers, wide, width }) {
    if (!namespaces) return headers ? 'none\n' : ''
    const firewall = namespaces.net?.firewall ?? []
    return [
      fields(
        [
          ['Host name', namespaces.uts?.hostname],
          ['Domain name', namespaces.uts?.domainname],
          ...networkFields(namespaces.net),
          ['PID namespace', external(namespaces.pid)],
          ['Cgroup root', namespaces.cgroup?.root],
          ['Users', ...(namespaces.user?.uidMap ?? [])],
          ['Groups', ...(namespaces.user?.gidMap ?? [])],
          ['Monotonic clock', namespaces.time && `${namespaces.time.monotonicSeconds} s`],
          ['Boot clock', namespaces.time && `${namespaces.time.boottimeSeconds} s`],
          ['Mounts', namespaces.mount?.mounts],
          ...ipcFields(namespaces.ipc),
          ...namespaces.nested.flatMap(nestedFields),
        ],
        wide ? undefined : width,
      ),
      ...(wide
        ? firewall.map(({ name, text }) => `\n${printable(name)}:\n${printableLines(text.trimEnd())}\n`)
        : []),
    ].join('')
  },
}

/** Of processes that left the container's own namespaces for others. */
function nestedFields({ processes, uts, net, ipc }: NamespacesDocument['nested'][number]): readonly Field[] {
  return [
    ['Processes apart', processes.join(' ')],
    ['Their host name', uts?.hostname],
    ...[...networkFields(net), ...ipcFields(ipc)].map(
      ([name, ...values]): Field => [`Their ${name.toLowerCase()}`, ...values],
    ),
  ]
}

const external = (namespace: { readonly external?: string | undefined } | undefined) =>
  namespace?.external && `not in the archive (${namespace.external})`

function networkFields(net: NamespacesDocument['net']): readonly Field[] {
  if (!net) return []
  return [
    ['Network', external(net)],
    [
      'Interfaces',
      ...net.interfaces.map(({ name, type, mac, mtu, up, addresses }) =>
        [
          name,
          type,
          mac,
          mtu === undefined ? undefined : `mtu ${mtu}`,
          up === undefined ? undefined : up ? 'up' : 'down',
          ...addresses,
        ]
          .filter((part) => part !== undefined)
          .join(' '),
      ),
    ],
    ['Routes', ...net.routes],
    ['Rules', ...net.rules],
    ['Firewall', ...net.firewall.map(({ name, text }) => `${name}, ${text.split('\n').length} lines`)],
  ]
}

function ipcFields(ipc: NamespacesDocument['ipc']): readonly Field[] {
  if (!ipc) return []
  return [
    [
      'Shared memory',
      ...ipc.sharedMemory.map(
        ({ key, id, sizeBytes, ...owner }) => `${key} (${id}), ${bytes(sizeBytes)}, ${ownerOf(owner)}`,
      ),
    ],
    [
      'Message queues',
      ...ipc.messageQueues.map(
        ({ key, id, messageCount, ...owner }) =>
          `${key} (${id}), ${messageCount} messages, ${ownerOf(owner)}`,
      ),
    ],
    [
      'Semaphores',
      ...ipc.semaphores.map(
        ({ key, id, values, ...owner }) => `${key} (${id}), ${values.join(' ')}, ${ownerOf(owner)}`,
      ),
    ],
  ]
}

const ownerOf = ({
  mode,
  uid,
  gid,
}: {
  readonly mode: string
  readonly uid: number
  readonly gid: number
}): string => `mode ${mode}, owner ${uid}:${gid}`
