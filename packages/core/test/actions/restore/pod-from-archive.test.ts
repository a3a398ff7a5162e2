import { deepEqual, equal } from 'node:assert/strict'
import { podFromArchive } from '../../../src/actions/restore/pod-from-archive.ts'

const volume = (destination: string, kind: string, name: string) => ({
  destination,
  type: 'bind',
  source: `/var/lib/kubelet/pods/4f5e/volumes/kubernetes.io~${kind}/${name}`,
  options: [],
})
const plain = (destination: string, source?: string) => ({
  destination,
  type: 'bind',
  options: [],
  ...(source === undefined ? {} : { source }),
})
const build = (mounts: Parameters<typeof podFromArchive>[0]['mounts'], limits = {}) =>
  podFromArchive({ mounts, limits }, 'app', 'registry.example/web:ck')

describe('podFromArchive', () => {
  it('declares an empty volume where one was, and warns of each', () => {
    const { spec, blockers, warnings } = build([
      volume('/data', 'empty-dir', 'd'),
      volume('/etc/app', 'configmap', 'settings'),
    ])
    deepEqual(spec.containers[0]?.volumeMounts, [
      { name: 'restored-0', mountPath: '/data' },
      { name: 'restored-1', mountPath: '/etc/app' },
    ])
    deepEqual(
      spec.volumes?.map(({ name, emptyDir }) => [name, emptyDir]),
      [
        ['restored-0', {}],
        ['restored-1', {}],
      ],
    )
    deepEqual(blockers, [])
    deepEqual(
      warnings.map(({ id, message }) => [id, message]),
      [
        ['volume-empty', '/data will be empty: the empty-dir volume d that was there is not in the archive'],
        [
          'volume-empty',
          '/etc/app will be empty: the configmap volume settings that was there is not in the archive',
        ],
      ],
    )
  })

  it('declares nothing for what each container has mounted', () => {
    const { spec, warnings } = build(
      ['/proc', '/dev/shm', '/dev/termination-log', '/sys/fs/cgroup', '/etc/hosts', '/etc/resolv.conf'].map(
        (path) => plain(path, '/somewhere'),
      ),
    )
    deepEqual([spec.volumes, spec.containers[0]?.volumeMounts, warnings], [undefined, undefined, []])
  })

  it('has a token of a service account mounted where one was', () => {
    equal(build([]).spec.automountServiceAccountToken, false)
    const { spec } = build([plain('/var/run/secrets/kubernetes.io/serviceaccount', '/x')])
    equal(spec.automountServiceAccountToken, true)
  })

  it('is blocked by folders of the node, and by storage that it does not know', () => {
    const { blockers } = build([plain('/host', '/srv/data'), volume('/claim', 'csi', 'pvc-1')])
    deepEqual(
      blockers.map(({ id, message }) => [id, message.split(' ')[0]]),
      [
        ['mount-unknown', '/host'],
        ['mount-unknown', '/claim'],
      ],
    )
  })

  it('keeps the memory limit, which a restore must fit into', () => {
    deepEqual(build([], { memoryBytes: 67108864 }).spec.containers[0]?.resources, {
      limits: { memory: '67108864' },
    })
  })
})
