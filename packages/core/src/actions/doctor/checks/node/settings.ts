import type { FileLine, RuntimeSight } from '../../../../remote/node-probe/index.ts'

export interface Setting {
  readonly value: string
  /** Where it is set: `/etc/containerd/config.toml:7: enable_criu = false`. */
  readonly evidence: string
  readonly path: string
}

/** What a key is set to, by the last line that sets it. Values lose their quotes and what follows them. */
export function findSetting({ settings }: RuntimeSight, key: string): Setting | undefined {
  return settings.flatMap((line) => readSetting(line, key)).at(-1)
}

function readSetting({ path, line, text }: FileLine, key: string): Setting[] {
  const [, name, quoted, bare] = /^(\w+)\s*=\s*(?:["']([^"']*)["']|([^\s#]+))/.exec(text) ?? []
  const value = quoted ?? bare
  return name === key && value !== undefined ? [{ value, evidence: `${path}:${line}: ${text}`, path }] : []
}
