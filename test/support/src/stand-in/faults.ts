import type { Answer } from './answers.ts'
import type { NodeDisk } from './node-disk.ts'

/** How a checkpoint call goes where it doesn't just succeed: a recorded case's name, an answer, or something rarer. */
export type CheckpointScript = string | Answer | SlowOrBroken

interface SlowOrBroken {
  /** The archive is written when this resolves, whether or not the client still waits. */
  readonly hold?: Promise<void>
  /** The connection is dropped in place of an answer. */
  readonly drop?: 'with-archive' | 'without-archive'
}

/**
 * What a node can suffer: its kubelet answers nothing, nothing listens on its port, or it starts no pods. New pods
 * wait for ever in each case.
 */
export type NodeFault = 'silent' | 'down' | 'starts-nothing'

/** What goes wrong. Tests change it while the stand-in runs; each request looks anew. */
export interface Faults {
  /** What RBAC denies everybody: `list pods`, `create pods/exec`, `create nodes/proxy`, `create nodes/checkpoint`. */
  readonly forbidden: Set<string>
  /** By container `shop/web-0/app`, or by node. */
  readonly checkpoints: Map<string, CheckpointScript>
  /** What kubelets answer to GET in place of what was recorded, by path (`metrics`) or node and path (`node-a/configz`). */
  readonly kubeletReads: Map<string, Answer>
  /** By node. */
  readonly nodes: Map<string, NodeFault>
  /** Of the requests to the API server that no proxy or exec serves, every so many-th is sent away with 429. */
  overload?: { readonly every: number; readonly retryAfterSeconds: number } | undefined
  /** How fast exec's output goes. */
  bytesPerSecond?: { readonly perConnection?: number; readonly inAll?: number } | undefined
  /** The PodSecurity level that every namespace enforces. Of its rules only those on hostPath volumes are known. */
  podSecurity?: 'baseline' | 'restricted' | undefined
  /** The reason for which new pods wait for ever: `ImagePullBackOff`. */
  podWaiting?: string | undefined
  /** Cuts the exec connection after so many bytes of stdout, as often as `times` says. */
  cutExec?: { readonly afterBytes: number; times: number } | undefined
  /** Called when the bytes of a range are out and before the reader looks whether the file is still the same. */
  duringRange?: ((disk: NodeDisk, path: string) => void) | undefined
  /** What the reader's image can compress with; default: gzip and zstd. */
  compressors?: readonly string[] | undefined
  /** The reader's digests are wrong. */
  wrongDigest?: boolean | undefined
  /** Milliseconds by which every HTTP answer and every piece of exec output comes late. */
  delayMs?: number | undefined
}
