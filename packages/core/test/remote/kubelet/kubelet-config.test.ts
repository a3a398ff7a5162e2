import { deepEqual, equal } from 'node:assert/strict'
import { findFeatureGate } from '../../../src/remote/kubelet/index.ts'

const metrics = `# TYPE kubernetes_feature_enabled gauge
kubernetes_feature_enabled{name="ContainerCheckpointX",stage="ALPHA"} 0
kubernetes_feature_enabled{name="ContainerCheckpoint",stage="BETA"} 1
kubernetes_feature_enabled{name="SidecarContainers",stage=""} 0
`

describe('findFeatureGate', () => {
  it('finds whether a gate is on, and how mature it is', () => {
    deepEqual(findFeatureGate(metrics, 'ContainerCheckpoint'), { enabled: true, stage: 'BETA' })
    deepEqual(findFeatureGate(metrics, 'SidecarContainers'), { enabled: false, stage: '' })
  })
  it('finds nothing where a kubelet says nothing of it', () => {
    equal(findFeatureGate(metrics, 'Container'), undefined)
    equal(findFeatureGate('', 'ContainerCheckpoint'), undefined)
  })
})
