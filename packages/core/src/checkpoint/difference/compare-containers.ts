import type { Inspection, ValueChange } from '../../documents/index.ts'
import { compareValues } from './compare-values.ts'

/** How two containers were to be run, but for what says merely which of them it is. */
export const compareContainers = (a: Inspection, b: Inspection): readonly ValueChange[] =>
  compareValues(comparable(a, b), comparable(b, a))

/** What both archives tell of. */
function comparable({ container, criu, spec }: Inspection, other: Inspection): object {
  const { image, imageRef, engine, runtime } = (other.container && container) ?? {}
  const architecture = other.criu?.architecture && criu?.architecture
  return { image, imageRef, engine, runtime, architecture, ...(other.spec && spec && purposeOf(spec)) }
}

/** Names, folders on the node and annotations are each container's own. */
function purposeOf(spec: NonNullable<Inspection['spec']>): object {
  const { args, cwd, terminal, user, capabilities, privileged, noNewPrivileges } = spec
  const { seccomp, readonlyRootfs, maskedPaths, readonlyPaths, devices, sysctl, limits, exposedPorts } = spec
  return {
    ...{
      args,
      cwd,
      terminal,
      user,
      privileged,
      noNewPrivileges,
      seccomp,
      readonlyRootfs,
      sysctl,
      limits,
      exposedPorts,
    },
    // Engines order them as they like.
    ...{ capabilities: capabilities.toSorted(), devices: devices.toSorted() },
    ...{ maskedPaths: maskedPaths.toSorted(), readonlyPaths: readonlyPaths.toSorted() },
  }
}
