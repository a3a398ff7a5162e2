import { deepEqual, equal } from 'node:assert/strict'
import { type Evidence, findEngine } from '@kubectl-checkpoint/core/checkpoint/engines'

const evidence = (annotations: Evidence['annotations'], entries: readonly string[] = []): Evidence => ({
  annotations,
  has: (entry) => entries.includes(entry),
})

describe('findEngine', () => {
  const cases: readonly (readonly [string, Evidence, string | undefined])[] = [
    ["CRI-O's manager annotation", evidence({ 'io.container.manager': 'cri-o' }), 'cri-o'],
    ["CRI-O's log", evidence({}, ['io.kubernetes.cri-o.LogPath']), 'cri-o'],
    ["Podman's manager annotation", evidence({ 'io.container.manager': 'libpod' }), 'podman'],
    ["Podman's network status", evidence({}, ['network.status']), 'podman'],
    ["containerd's annotations", evidence({ 'io.kubernetes.cri.container-type': 'container' }), 'containerd'],
    ["containerd's status", evidence({}, ['status.dump']), 'containerd'],
    ['nothing of theirs', evidence({ some: 'annotation' }, ['config.dump']), undefined],
  ]
  for (const [what, given, name] of cases) {
    it(`takes ${what} for ${name ?? 'no engine'}`, () => {
      equal(findEngine(given)?.name, name)
    })
  }
  it('reads the placement of a container from its annotations', () => {
    const crio = {
      'io.container.manager': 'cri-o',
      'io.kubernetes.container.name': 'cache',
      'io.kubernetes.pod.name': 'miner-c',
      'io.kubernetes.pod.namespace': 'shop',
    }
    deepEqual(findEngine(evidence(crio))?.placement(crio), {
      container: 'cache',
      pod: 'miner-c',
      namespace: 'shop',
    })
  })
})
