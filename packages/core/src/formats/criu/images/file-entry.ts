import type { SocketFile } from './socket-file.ts'

/** An open file: what one or more descriptors, of one or more processes, are of. */
export type FileEntry = FileCommon & FileContent

interface FileCommon {
  /** By which descriptors, mappings and others name it. */
  readonly id: number
  /** O_ flags of open(2), as on x86_64. */
  readonly flags: number
}

export type FileContent =
  | {
      /** Anything with a path, folders and devices too. */
      readonly kind: 'path'
      readonly path: string
      readonly position: bigint
      /** As stat(2) gives it, with the type; absent where CRIU was too old to tell. */
      readonly mode?: number
      readonly sizeBytes?: bigint
      readonly mountId?: number
    }
  | { readonly kind: 'pipe'; readonly pipeId: number }
  /** Its path is that of another file. */
  | { readonly kind: 'fifo'; readonly pipeId: number; readonly pathFileId?: number }
  | SocketFile
  | { readonly kind: 'eventfd'; readonly counter: bigint }
  | { readonly kind: 'epoll'; readonly targets: readonly EpollTarget[] }
  | { readonly kind: 'signalfd'; readonly signals: bigint }
  | { readonly kind: 'inotify'; readonly watches: readonly Watch[] }
  | { readonly kind: 'fanotify'; readonly marks: readonly Watch[] }
  | {
      readonly kind: 'timerfd'
      readonly clock: number
      /** Until it expires next; 0 if it isn't armed. */
      readonly leftNanoseconds: bigint
      readonly intervalNanoseconds: bigint
      /** How often it has expired since it was read. */
      readonly expirations: bigint
    }
  /** `pid` is absent if the process had ended. */
  | { readonly kind: 'pidfd'; readonly pid?: number }
  | { readonly kind: 'memfd'; readonly memfdId: number; readonly position: bigint }
  /** Its path is that of another file. */
  | { readonly kind: 'tty'; readonly ttyId: number; readonly pathFileId?: number }
  /** `type` as in `/proc/PID/ns`. */
  | { readonly kind: 'namespace'; readonly type: string }
  | { readonly kind: 'tun'; readonly device?: string }
  | {
      readonly kind: 'bpf-map'
      readonly name: string
      readonly mapType: number
      readonly keyBytes: number
      readonly valueBytes: number
      readonly maxEntries: number
    }
  /** One that CRIU left to somebody else. */
  | { readonly kind: 'external' }
  /** Of a type that this version doesn't know. */
  | { readonly kind: 'unknown' }

export interface EpollTarget {
  readonly fd: number
  /** EPOLL bits. */
  readonly events: number
  readonly data: bigint
}

export interface Watch {
  readonly inode: bigint
  /** IN_ or FAN_ bits. */
  readonly mask: number
  /** What CRIU found it to be. */
  readonly path?: string
}
