import type { RestoreRemark } from '../../documents/index.ts'
import type { Node } from '../../remote/cluster/index.ts'
import { isAtLeast, parseVersion } from '../doctor/parse-version.ts'
import type { Judgement } from './judgement.ts'

/** What the status of a node tells of whether it can restore an image for `platform`, `linux/amd64`. */
export function judgeNode({ metadata, status }: Node, platform: string): Judgement {
  const {
    architecture = '',
    operatingSystem = 'linux',
    containerRuntimeVersion = '',
  } = status?.nodeInfo ?? {}
  const found = `${operatingSystem}/${architecture}`
  const blockers: RestoreRemark[] = []
  if (architecture !== '' && found !== platform) {
    const message = `${metadata.name} is ${found}, and the checkpoint of ${platform}`
    blockers.push({ id: 'node-platform', message, hint: 'Name a node of the same platform with --node.' })
  }
  const [runtime = '', number = ''] = containerRuntimeVersion.split('://')
  const version = parseVersion(number)
  const isWithout =
    runtime === 'containerd' &&
    version !== undefined &&
    (!isAtLeast(version, { major: 2, minor: 1 }) || isAtLeast(version, { major: 2, minor: 4 }))
  if (isWithout) {
    blockers.push({
      id: 'node-runtime',
      message: `${metadata.name} has ${containerRuntimeVersion}, which restores nothing`,
      hint: 'containerd restores from 2.1 to 2.3 only: name a node with one of them.',
    })
  }
  const isSwitched =
    runtime === 'cri-o' ||
    (runtime === 'containerd' &&
      version !== undefined &&
      (isAtLeast(version, { major: 2, minor: 3, patch: 4 }) ||
        (version.minor === 2 && isAtLeast(version, { major: 2, minor: 2, patch: 7 }))))
  const warnings = isSwitched
    ? [
        {
          id: 'runtime-switch',
          message: `${metadata.name} has ${containerRuntimeVersion}, which restores only where it is switched on`,
          hint: `See whether it is: kubectl checkpoint doctor node/${metadata.name}`,
        },
      ]
    : []
  return { blockers, warnings: isWithout ? [] : warnings }
}
