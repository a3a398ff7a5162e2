import type { NamespacesDocument, ValueChange } from '../../documents/index.ts'
import { compareValues } from './compare-values.ts'

type Kinds = Readonly<Record<string, unknown>>

/** What differs of namespaces, by its path. Those that one archive doesn't hold are named as a whole. */
export function compareNamespaces(
  a: NamespacesDocument | undefined,
  b: NamespacesDocument | undefined,
): readonly ValueChange[] {
  const [inA, inB] = [settled(a), settled(b)]
  return [...new Set([...Object.keys(inA), ...Object.keys(inB)])].flatMap((kind) => {
    const [before, after] = [inA[kind], inB[kind]]
    if (before !== undefined && after !== undefined)
      return compareValues({ [kind]: before }, { [kind]: after })
    return before === undefined ? { name: kind, b: after } : { name: kind, a: before }
  })
}

/** Clocks run on, and mounts are compared by themselves. */
function settled(namespaces: NamespacesDocument | undefined): Kinds {
  if (!namespaces) return {}
  const { time, mount, nested, ...kinds } = namespaces
  return nested.length > 0 ? { ...kinds, nested } : kinds
}
