import { fixtureJson } from '@kubectl-checkpoint/test-support'

/** What `/proc` said of a container immediately before its checkpoint. */
export interface Truth {
  readonly processes: readonly TruthProcess[]
  readonly sockets: readonly TruthSocket[]
}

export interface TruthProcess {
  readonly pid: number
  readonly ppid: number
  readonly comm: string
  /** How many. */
  readonly threads: number
  readonly args: readonly string[]
  readonly env: readonly string[]
  readonly cwd: string
  readonly exe: string
  readonly uid: string
  /** Effective capabilities in hexadecimal. */
  readonly capEff: string
  readonly fds: readonly { readonly fd: number; readonly target: string }[]
  readonly maps: readonly TruthMapping[]
  /** Only of image sets. */
  readonly pgid?: number
  readonly sid?: number
  readonly state?: string
  readonly threadNames?: readonly string[]
}

export interface TruthMapping {
  readonly start: string
  readonly end: string
  readonly perms: string
  readonly path: string
}

export type TruthSocket =
  | {
      readonly proto: 'unix'
      readonly inode: number
      readonly path: string
      readonly state: string
    }
  | {
      readonly proto: string
      readonly local: string
      readonly remote: string
      readonly state: string
      readonly inode: number
    }

export const readTruth = (name: string): Truth => fixtureJson<Truth>(`truth/${name}.json`)
