import { containerd } from './containerd.ts'
import { crio } from './crio.ts'
import type { Engine, Evidence } from './engine.ts'
import { podman } from './podman.ts'

/** The engine that wrote an archive; undefined where it shows no engine's marks. */
export const findEngine = (evidence: Evidence): Engine | undefined =>
  [podman, crio, containerd].find((engine) => engine.wrote(evidence))
