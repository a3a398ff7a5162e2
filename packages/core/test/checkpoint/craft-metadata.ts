import type { CraftedEntry } from '@kubectl-checkpoint/test-support'

export const configDump = {
  id: 'b97cf242c5dc',
  name: 'cache_miner-a_shop_0253098f_0',
  rootfsImageName: 'localhost/app:1',
  createdTime: '2026-11-23T13:41:19.653813537Z',
  checkpointedTime: '2026-11-23T13:41:25.76789695Z',
}
export const specDump = {
  annotations: {
    'io.kubernetes.cri.container-type': 'container',
    'io.kubernetes.cri.container-name': 'cache',
    'io.kubernetes.cri.sandbox-name': 'miner-a',
    'io.kubernetes.cri.sandbox-namespace': 'shop',
  },
}

/** What says of an archive that it is containerd's. */
export const metadataEntries = (config: unknown = configDump, spec: unknown = specDump): CraftedEntry[] => [
  { name: 'config.dump', data: JSON.stringify(config) },
  { name: 'spec.dump', data: JSON.stringify(spec) },
]
