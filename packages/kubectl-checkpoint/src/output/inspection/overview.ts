import type { Inspection } from '@kubectl-checkpoint/core/documents'
import { age } from '../age.ts'
import { fields } from '../fields.ts'
import { bytes } from '../units.ts'
import type { TextOptions } from '../view.ts'
import { damageOf } from './section-damage.ts'
import { addressOf, listeners, type ProcessSocket } from './sockets.ts'

/** More than these have no room on a screen. */
const mostListeners = 3

/** What this is, when and from where it was taken, how large it is and who listens in it. */
export function overview(inspection: Inspection, now: Date, { wide, width, height }: TextOptions): string {
  const { archive, container, criu } = inspection
  return fields(
    [
      ['Container', container?.name],
      ['Pod', listed([container?.namespace, container?.pod], '/')],
      ['Image', container?.image ?? container?.imageRef],
      ['Engine', listed([container?.engine, container?.runtime])],
      ['Created', container?.createdAt && timeAndAge(container.createdAt, now)],
      ['Checkpointed', container?.checkpointedAt && timeAndAge(container.checkpointedAt, now)],
      ['Archive', archive.label],
      ['Kind', kinds[archive.kind]],
      ['Size', describeSizes(inspection)],
      [
        'Listening',
        ...listeningLines(
          listeners(inspection),
          wide || height === undefined ? Number.POSITIVE_INFINITY : mostListeners,
        ),
        ...unknownListeners(inspection),
      ],
      ...(wide
        ? ([
            ['ID', container?.id],
            ['Image ID', container?.imageRef],
            ['Addresses', container?.ips?.join(' ')],
            ['Architecture', criu?.architecture],
            ['Security module', criu?.securityModule],
            ['CRIU images', criu && `version ${criu.imageVersion}`],
          ] as const)
        : []),
    ],
    wide ? undefined : width,
  )
}

const kinds = {
  checkpoint: undefined,
  'pre-checkpoint': 'pre-checkpoint: memory alone, written while the container ran on',
  images: "CRIU's images alone, without what an engine adds",
} as const

function timeAndAge(time: string, now: Date): string {
  const old = age(time, now)
  const seconds = time.replace(/\.\d+Z$/, 'Z')
  return old === undefined ? seconds : `${seconds} (${old} ago)`
}

function describeSizes({ archive, sizes }: Inspection): string {
  const parts = [
    [sizes.memoryBytes, 'memory'],
    [sizes.rootfsDiffBytes, 'root filesystem diff'],
    [sizes.volumeBytes, 'volumes'],
  ] as const
  const held = parts.filter(([count]) => count > 0).map(([count, what]) => `${what} ${bytes(count)}`)
  const whole = archive.compression ? `${bytes(archive.size)} of ${archive.compression}` : bytes(archive.size)
  return held.length === 0 ? whole : `${whole}: ${held.join(', ')}`
}

function listeningLines(sockets: readonly ProcessSocket[], most: number): readonly string[] {
  const lines = sockets
    .slice(0, most)
    .map((socket) => `${socket.protocol} ${addressOf(socket)} by ${socket.comm} (${socket.pid})`)
  const left = sockets.length - lines.length
  // On the last line: each costs the summary one of its lines.
  return left > 0
    ? lines.map((line, index) => (index === lines.length - 1 ? `${line}, and ${left} more: --sockets` : line))
    : lines
}

/** Nobody is to take a broken list of sockets for one without listeners. */
function unknownListeners(inspection: Inspection): readonly string[] {
  const [first, ...others] = damageOf('sockets', inspection)
  if (first === undefined) return []
  return [`unknown: ${first}${others.length > 0 ? ` and ${others.length} more` : ''} could not be read`]
}

function listed(parts: readonly (string | undefined)[], separator = ', '): string | undefined {
  return parts.filter((part) => part !== undefined).join(separator) || undefined
}
