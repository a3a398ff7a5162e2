import { TargetError } from './errors.ts'
import { findKind, kindNames, type TargetKind } from './kinds.ts'

/** What a word on the command line names. */
export interface Target {
  readonly kind: TargetKind
  readonly name: string
  readonly container?: string
}

const objectName = /^[a-z0-9]([-a-z0-9.]{0,251}[a-z0-9])?$/
const containerName = /^[a-z0-9]([-a-z0-9]{0,61}[a-z0-9])?$/

/**
 * Reads `POD`, `POD/CONTAINER`, `TYPE/NAME` or `TYPE/NAME/CONTAINER`. Where the first part is a type, it is taken as
 * one; a pod named like a type needs `pod/` before it.
 * @throws {TargetError} TARGET_INVALID
 */
export function parseTarget(text: string): Target {
  const parts = text.split('/')
  const [first = '', ...rest] = parts
  const kind = parts.length > 1 ? findKind(first) : undefined
  const [name = '', container, ...surplus] = kind === undefined ? parts : rest
  if (surplus.length > 0) {
    if (kind !== undefined) throw invalid(text, 'has too many parts')
    const asNamespace = `If ${first} is a namespace, write: -n ${first} ${rest.join('/')}`
    throw invalid(text, `has the unknown type "${first}"`, parts.length === 3 ? asNamespace : undefined)
  }
  if (!objectName.test(name)) throw invalid(text, `names no ${kind ?? 'pod'} that could exist: "${name}"`)
  if (container === undefined) return { kind: kind ?? 'pod', name }
  if (!containerName.test(container))
    throw invalid(text, `names no container that could exist: "${container}"`)
  return { kind: kind ?? 'pod', name, container }
}

const invalid = (text: string, problem: string, otherwise = ''): TargetError =>
  new TargetError('TARGET_INVALID', `target "${text}" ${problem}`, {
    hint: `Write POD, POD/CONTAINER, TYPE/NAME or TYPE/NAME/CONTAINER. Types: ${kindNames.join(', ')}. ${otherwise}`.trim(),
  })
