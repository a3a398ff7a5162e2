const shownPids = 5

/** The first of many processes: `1,7,8,9,10,…`. */
export const shortPids = (pids: readonly number[]): string =>
  pids.length > shownPids ? `${pids.slice(0, shownPids).join(',')},…` : pids.join(',')
