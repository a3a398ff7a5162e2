import type { CheckpointError } from '../errors.ts'
import type { TargetNotice } from '../remote/targets/index.ts'

/** What is being worked on at the moment, in the order in which an item passes through them. */
export type Phase =
  | 'waiting'
  | 'checkpointing'
  /** Reads CRIU's log on the node, for the reason of a refusal. */
  | 'reading-log'
  /** Looks on the node whether a call that broke off left an archive. */
  | 'searching'
  | 'starting-reader'
  | 'downloading'
  | 'verifying'
  /** Decompresses an archive into the cache, since it can't be read from the middle. */
  | 'spooling'
  /** Finds out whether a node is ready for checkpoints. */
  | 'examining'
  /** Writes files of an archive to this machine. */
  | 'extracting'
  /** Writes an image to this machine. */
  | 'writing-image'
  /** Sends a layer to a registry. */
  | 'uploading'
  /** Waits for a pod that is made from a checkpoint. */
  | 'restoring'
  | 'deleting'
  /** Makes or removes the pin of an archive. */
  | 'pinning'
  | 'done'
  | 'failed'

/** What the user should know though nothing failed. Data only: each front end words it. */
export type Notice =
  | TargetNotice
  /** The kubelet silently raises a timeout below its own runtimeRequestTimeout, two minutes unless configured. */
  | {
      readonly kind: 'timeout-below-minimum'
      readonly timeoutSeconds: number
      readonly minimumSeconds: number
    }
  /** The calls for several containers of one pod were sent within so long. */
  | {
      readonly kind: 'started-together'
      readonly pod: string
      readonly containers: number
      readonly spreadSeconds: number
    }
  /** The time of its last checkpoint could not be written onto the pod. */
  | { readonly kind: 'not-annotated'; readonly pod: string; readonly reason: string }
  | { readonly kind: 'connection-resumed'; readonly atByte: number; readonly reason: string }
  /** A part was here already, from a download that broke off. */
  | { readonly kind: 'download-continued'; readonly atByte: number }
  | { readonly kind: 'already-here'; readonly path: string }
  /** The checkpoint was taken, but its archive could not be fetched. */
  | { readonly kind: 'archive-stays'; readonly archive: string }
  /** After a cancelled or broken checkpoint call: what the node's folder says. */
  | { readonly kind: 'archive-appeared'; readonly archive: string; readonly size: number }
  | { readonly kind: 'archive-growing'; readonly archive: string; readonly size: number }
  | { readonly kind: 'no-archive-appeared'; readonly node: string }
  | { readonly kind: 'node-not-searched'; readonly node: string; readonly reason: string }
  /** CRIU's log could not be read, so the refusal stays unexplained. */
  | { readonly kind: 'log-not-read'; readonly path: string; readonly reason: string }
  /** Nodes may not be listed; those that pods run on were asked in place of all. */
  | { readonly kind: 'nodes-not-listed'; readonly nodes: number }
  /** Whether the pods of archives are still there is unknown. */
  | { readonly kind: 'pods-not-listed'; readonly reason: string }
  /** What became of the checkpoint could not be remembered on this machine. */
  | { readonly kind: 'not-recorded'; readonly reason: string }
  /** What is likely to be secret of what an image holds, beside the memory itself. */
  | {
      readonly kind: 'secrets-inside'
      /** Names of variables. */
      readonly environment: readonly string[]
      readonly serviceAccountToken: boolean
    }
  /** The archive names its base image by an ID alone, which nobody can pull: containerd won't restore it. */
  | { readonly kind: 'base-image-unnamed' }
  /** The archive has no status.dump: containerd won't restore it. */
  | { readonly kind: 'no-status' }
  /** The cluster says something of a pod that is being restored. */
  | { readonly kind: 'pod-event'; readonly reason: string; readonly message: string }
  /** An archive that was made on the way could not be removed from its node. */
  | { readonly kind: 'archive-left'; readonly archive: string; readonly reason: string }
  /** An image of no use could not be removed from its registry. */
  | { readonly kind: 'image-left'; readonly image: string; readonly reason: string }
  /** What was made and is of no use could not be removed. */
  | {
      readonly kind: 'object-left'
      readonly namespace: string
      /** As kubectl names it: `pod/web-0`. */
      readonly object: string
      readonly reason: string
    }
  /** The reader pod could not be removed; its deadline will. */
  | {
      readonly kind: 'reader-left'
      readonly namespace: string
      readonly pod: string
      readonly reason: string
    }

/** `item` names what the event is about: `shop/web-0/app`, `node-a:checkpoint-….tar`; absent: the whole command. */
export type ActionEvent =
  | { readonly type: 'phase'; readonly item: string; readonly phase: Phase }
  | {
      readonly type: 'progress'
      readonly item: string
      readonly doneBytes: number
      readonly totalBytes: number
    }
  | { readonly type: 'notice'; readonly item?: string; readonly notice: Notice }
  | { readonly type: 'failure'; readonly item: string; readonly error: CheckpointError }

/** Only the newest progress of an item is of use to a slow reader. */
export const coalesceProgress = (event: ActionEvent): string | undefined =>
  event.type === 'progress' ? event.item : undefined
