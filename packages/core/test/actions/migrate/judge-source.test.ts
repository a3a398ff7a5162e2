import { deepEqual } from 'node:assert/strict'
import { judgeSource, type SourceFacts } from '../../../src/actions/migrate/judge-source.ts'
import type { OwnerReference, PersistentVolumeClaim, Pod } from '../../../src/remote/cluster/index.ts'

describe('judgeSource', () => {
  const podOf = (kind?: string, spec: Partial<Pod['spec']> = {}): Pod => {
    const owner: OwnerReference = { kind: kind ?? '', name: 'web', uid: 'u', controller: true }
    return {
      metadata: { name: 'web-0', namespace: 'shop', ...(kind !== undefined && { ownerReferences: [owner] }) },
      spec: { containers: [{ name: 'app' }], ...spec },
    }
  }
  const judge = (pod: Pod, facts: Partial<SourceFacts> = {}) => {
    const judged = judgeSource(pod, { container: 'app', claims: new Map(), isNamed: false, ...facts })
    return {
      blockers: judged.blockers.map(({ id }) => id),
      warnings: judged.warnings.map(({ id }) => id),
    }
  }

  it('lets a pod go that nobody watches over', () => {
    deepEqual(judge(podOf()), { blockers: [], warnings: [] })
  })

  for (const [kind, id] of [
    ['StatefulSet', 'stateful-set'],
    ['DaemonSet', 'daemon-set'],
    ['Job', 'job'],
    ['Node', 'static-pod'],
    ['Rollout', 'controller'],
  ] as const) {
    it(`keeps a pod of a ${kind}`, () => deepEqual(judge(podOf(kind)).blockers, [id]))
  }

  it('keeps a pod that is about to go', () => {
    const { metadata, spec } = podOf()
    const going = { metadata: { ...metadata, deletionTimestamp: '2026-11-24T10:00:00Z' }, spec }
    deepEqual(judge(going).blockers, ['terminating'])
  })

  it('warns of the next rollout of a ReplicaSet', () => {
    deepEqual(judge(podOf('ReplicaSet')), { blockers: [], warnings: ['until-rollout'] })
  })

  it('wants to be told which of several containers goes on', () => {
    const pod = podOf(undefined, { containers: [{ name: 'app' }, { name: 'proxy' }] })
    deepEqual(judge(pod).blockers, ['other-containers'])
    deepEqual(judge(pod, { isNamed: true }), { blockers: [], warnings: ['other-containers'] })
  })

  it('knows which volumes are where the pod is', () => {
    const volumes = [
      { name: 'scratch', emptyDir: {} },
      { name: 'logs', hostPath: { path: '/var/log' } },
    ]
    deepEqual(judge(podOf(undefined, { volumes })).warnings, ['volume-empty', 'volume-of-node'])
  })

  it('keeps a pod whose volume is for one node at a time', () => {
    const claim = (mode: string): PersistentVolumeClaim => ({
      metadata: { name: 'data' },
      spec: { accessModes: [mode] },
    })
    const claims = (one: PersistentVolumeClaim | undefined) => ({ claims: new Map([['data', one]]) })
    deepEqual(judge(podOf(), claims(claim('ReadWriteOnce'))).blockers, ['volume-of-one-node'])
    deepEqual(judge(podOf(), claims(claim('ReadWriteMany'))), { blockers: [], warnings: [] })
    deepEqual(judge(podOf(), claims(undefined)), { blockers: [], warnings: ['volume-of-one-node'] })
  })
})
