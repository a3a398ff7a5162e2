/**
 * The place of the first item for which `isIt` holds, in steps that halve the list; its length where there is none.
 * @param isIt False for some items at the beginning, true for all others.
 */
export function firstIndex<Item>(items: readonly Item[], isIt: (item: Item) => boolean): number {
  let [low, high] = [0, items.length]
  while (low < high) {
    const middle = (low + high) >>> 1
    const item = items[middle]
    if (item === undefined || isIt(item)) high = middle
    else low = middle + 1
  }
  return low
}
