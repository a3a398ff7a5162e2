/** Flags of open(2) that stay with a file, with their bits on most architectures. */
export const openFlags: readonly (readonly [name: string, bits: number])[] = [
  ['O_APPEND', 0o2000],
  ['O_NONBLOCK', 0o4000],
  ['O_DSYNC', 0o10000],
  ['O_ASYNC', 0o20000],
  ['O_DIRECT', 0o40000],
  ['O_DIRECTORY', 0o200000],
  ['O_NOFOLLOW', 0o400000],
  ['O_NOATIME', 0o1000000],
  ['O_SYNC', 0o4010000],
  ['O_PATH', 0o10000000],
]
