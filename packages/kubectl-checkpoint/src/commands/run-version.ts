import manifest from '../../package.json' with { type: 'json' }
import type { Io } from '../io.ts'
import { parseOutputFormat } from '../output/format.ts'
import { apiVersion, type View } from '../output/view.ts'
import { show } from '../show.ts'
import type { VersionFlags } from './version.ts'

interface Version {
  readonly version: string
  readonly node: string
  readonly platform: string
}

const versionView: View<Version> = {
  toDocument: (version) => ({ apiVersion, kind: 'Version', ...version }),
  toText: ({ version, node, platform }) => `kubectl-checkpoint ${version} (Node.js ${node}, ${platform})\n`,
  toNames: ({ version }) => [version],
}

export async function runVersion(flags: VersionFlags, io: Io): Promise<number> {
  const version = {
    version: manifest.version,
    node: process.versions.node,
    platform: `${process.platform}/${process.arch}`,
  }
  await show(version, versionView, await parseOutputFormat(flags.output), {}, io)
  return 0
}
