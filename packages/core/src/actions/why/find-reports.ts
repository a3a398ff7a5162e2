import type { Event, Pod } from '../../remote/cluster/index.ts'
import { findContainerStatus } from '../container-status.ts'

/** Something that the cluster says of a container. */
export interface Report {
  readonly source: 'event' | 'status'
  /** `event web-0.18a3…`, `status.state.waiting`. */
  readonly place: string
  readonly text: string
  /** RFC 3339; undefined for what is so at the moment. */
  readonly at: string | undefined
}

/** What the status of a pod says of one of its containers. */
export function findStatusReports(pod: Pod, container: string): Report[] {
  const { state, lastState } = findContainerStatus(pod, container) ?? {}
  return [
    { place: 'status.state.waiting', text: state?.waiting?.message, at: undefined },
    {
      place: 'status.state.terminated',
      text: state?.terminated?.message,
      at: state?.terminated?.finishedAt,
    },
    {
      place: 'status.lastState.terminated',
      text: lastState?.terminated?.message,
      at: lastState?.terminated?.finishedAt,
    },
  ].flatMap(({ place, text, at }) => (text ? [{ source: 'status' as const, place, text, at }] : []))
}

/** What the events of a pod say of one of its containers. */
export function findEventReports(events: readonly Event[], container: string): Report[] {
  return events.flatMap(({ metadata, message, involvedObject, lastTimestamp, eventTime }) => {
    const [, named] = /\{(.*)\}$/.exec(involvedObject?.fieldPath ?? '') ?? []
    if (!message || named !== container) return []
    const at = lastTimestamp ?? eventTime ?? metadata.creationTimestamp
    return [{ source: 'event', place: `event ${metadata.name}`, text: message, at }]
  })
}
