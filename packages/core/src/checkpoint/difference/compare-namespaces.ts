import type { NamespacesDocument, ValueChange } from '../../documents/index.ts'
import { compareValues } from './compare-values.ts'
import type { IsLost } from './lost-parts.ts'

/** What is read for each of them. */
const images: Readonly<Record<string, RegExp>> = {
  uts: /^utsns-/,
  ipc: /^ipcns-/,
  net: /^(netdev|netns|ifaddr6?|route6?|rule|iptables|ip6tables|nftables)-/,
  user: /^userns-/,
  pid: /^pidns-/,
}

type Kinds = Readonly<Record<string, unknown>>

/**
 * What differs of namespaces, by its path. Those that one archive doesn't hold are named as a whole; those of which it
 * could not be read are passed over.
 */
export function compareNamespaces(
  a: NamespacesDocument | undefined,
  b: NamespacesDocument | undefined,
  isLost: IsLost,
): readonly ValueChange[] {
  const [inA, inB] = [settled(a), settled(b)]
  return [...new Set([...Object.keys(inA), ...Object.keys(inB)])].flatMap((kind) => {
    // Processes and their IDs lead to the images of each.
    if (isLost(/^(pstree|ids-\d+)\.img$/) || isLost(images[kind] ?? /^inventory\.img$/)) return []
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
