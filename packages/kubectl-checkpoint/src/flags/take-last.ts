/** Given twice, a flag counts as kubectl counts it: the last time. yargs would make an array of any flag. */
export function takeLast(flags: Record<string, unknown>): void {
  for (const [name, value] of Object.entries(flags)) {
    if (Array.isArray(value) && !repeatable.has(name)) flags[name] = value.at(-1)
  }
}

const repeatable: ReadonlySet<string> = new Set([
  '_',
  'as-group',
  'node',
  'only',
  'pid',
  'roles',
  'targets',
  'archives',
  'images',
  'paths',
])
