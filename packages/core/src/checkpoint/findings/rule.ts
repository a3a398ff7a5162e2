import type { MountDocument, ProcessDocument, Severity, SpecDocument } from '../../documents/index.ts'

/** What rules look at. A rule finds nothing in what is absent: it may be what could not be read. */
export interface Facts {
  /** With whatever is known of them: files, sockets, mappings, environment. */
  readonly processes: readonly ProcessDocument[]
  readonly spec?: SpecDocument | undefined
  readonly mounts?: readonly MountDocument[] | undefined
  /** Absolute paths that were added or modified in the root filesystem. */
  readonly changedPaths?: ReadonlySet<string> | undefined
  /** What the engine gives to every container. */
  readonly defaultCapabilities?: readonly string[] | undefined
}

/** One occurrence of what a rule looks for. Those with the same place become one finding. */
export interface Oddity {
  readonly evidence: string
  readonly pid?: number
  readonly place?: string
}

/** A kind of oddity. `docs/findings.md` says of each what it means and what may be harmless about it. */
export interface Rule {
  /** Stable: programs filter by it. */
  readonly id: string
  readonly severity: Severity
  readonly title: string
  readonly find: (facts: Facts) => Iterable<Oddity>
}
