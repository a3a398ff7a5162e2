import type { ContainerAddress, KubeletEndpoint } from '../endpoint.ts'
import type { KubeletErrorCode, KubeletErrorOptions } from '../errors.ts'

/** What was asked for, and on which way. */
export interface RefusedCall extends ContainerAddress {
  readonly node: string
  readonly via: KubeletEndpoint['via']
}

interface Explanation extends KubeletErrorOptions {
  readonly message: string
}

/** One way to be refused. What isn't given matches everything. */
export interface RefusalCase {
  readonly code: KubeletErrorCode
  readonly status?: number
  readonly via?: RefusedCall['via']
  readonly match?: RegExp
  /** @param text What was said. @param groups Those of `match`. */
  explain(call: RefusedCall, text: string, groups: readonly string[]): Explanation
}
