import { deepEqual, equal, match } from 'node:assert/strict'
import type { Verdict } from '../../../../src/actions/doctor/check.ts'
import { nodeChecks } from '../../../../src/actions/doctor/checks/node/index.ts'
import { notLearned } from '../../../../src/actions/doctor/learned.ts'
import type { NodeFacts, TimedSight } from '../../../../src/actions/doctor/node-facts.ts'
import type { NodeInfo } from '../../../../src/remote/cluster/index.ts'
import type { FileLine, RuntimeSight } from '../../../../src/remote/node-probe/index.ts'

const known = <Value>(value: Value) => ({ known: true, value }) as const
const gib = 1024 ** 3

const runtime: RuntimeSight = {
  pid: 29,
  searchPath: ['/usr/local/sbin', '/usr/sbin'],
  criu: { path: '/usr/sbin/criu', says: 'Version: 4.2.1\nGitID: v4.2.1' },
  settings: [],
}
const sight: TimedSight = {
  now: 1_000,
  askedAt: 999_000,
  answeredAt: 1_001_000,
  cgroupVersion: 2,
  kernelDumps: true,
  runtime,
  criuOptions: [],
  archives: { freeBytes: 50 * gib, totalBytes: 100 * gib, count: 2, sizeBytes: gib },
}
const nodeInfo: NodeInfo = {
  kubeletVersion: 'v1.36.3',
  containerRuntimeVersion: 'containerd://2.1.9+unknown',
  operatingSystem: 'linux',
  architecture: 'amd64',
  kernelVersion: '6.18.44',
}
const nodeOf = (info: Partial<NodeInfo> = {}, ready = 'True') =>
  known({
    metadata: { name: 'node-a' },
    status: {
      nodeInfo: { ...nodeInfo, ...info },
      conditions: [{ type: 'Ready', status: ready, message: 'silent' }],
    },
  })

/** Of a node on which all is well. */
const well: NodeFacts = {
  name: 'node-a',
  via: 'proxy',
  object: nodeOf(),
  call: known(undefined),
  config: known({ enableDebuggingHandlers: true }),
  gate: known({ enabled: true, stage: 'BETA' }),
  archiveFolder: '/var/lib/kubelet/checkpoints',
  readerNamespace: 'shop',
  missingRights: known([]),
  admission: known(true),
  sight: known(sight),
}

function judge(id: string, facts: Partial<NodeFacts>): Verdict | undefined {
  const check = nodeChecks.find((one) => one.id === id)
  if (!check) throw new Error(`there is no check ${id}`)
  return check.judge({ ...well, ...facts })
}
const see = (changes: Partial<TimedSight>) => ({ sight: known({ ...sight, ...changes }) })
const seeRuntime = (changes: Partial<RuntimeSight>) => see({ runtime: { ...runtime, ...changes } })
const line = (text: string, number = 1): FileLine => ({ path: '/etc/x.toml', line: number, text })

describe('the checks of a node', () => {
  it('are all ok where all is well, each with evidence', () => {
    for (const check of nodeChecks) {
      const verdict = check.judge(well)
      equal(verdict?.status, 'ok', check.id)
      equal(
        verdict?.evidence.every((text) => text !== ''),
        true,
        check.id,
      )
    }
  })

  it('say what is unknown where nothing is known, and fail nowhere without having seen why', () => {
    const object = notLearned('you may not')
    const nothing = { ...well, object, call: known(undefined), config: object, gate: object }
    for (const check of nodeChecks) {
      const verdict = check.judge({ ...nothing, sight: object, missingRights: object, admission: object })
      equal(['failure', 'warning'].includes(verdict?.status ?? ''), false, check.id)
    }
  })

  const cases: readonly [
    id: string,
    what: string,
    facts: Partial<NodeFacts>,
    status: Verdict['status'] | undefined,
    evidence?: RegExp,
  ][] = [
    ['node-ready', 'not Ready', { object: nodeOf({}, 'Unknown') }, 'failure', /not Ready: silent/],
    ['node-ready', 'Windows', { object: nodeOf({ operatingSystem: 'windows' }) }, 'failure', /runs windows/],

    ['kubelet-version', '1.24', { object: nodeOf({ kubeletVersion: 'v1.24.17-gke.1' }) }, 'failure', /1\.24/],
    ['kubelet-version', '1.25', { object: nodeOf({ kubeletVersion: 'v1.25.0' }) }, 'ok'],
    ['kubelet-version', 'no number', { object: nodeOf({ kubeletVersion: 'new' }) }, 'unknown', /"new"/],

    [
      'runtime-version',
      '1.7',
      { object: nodeOf({ containerRuntimeVersion: 'containerd://1.7.28' }) },
      'failure',
    ],
    ['runtime-version', '2.0', { object: nodeOf({ containerRuntimeVersion: 'containerd://2.0.0' }) }, 'ok'],
    [
      'runtime-version',
      'CRI-O',
      { object: nodeOf({ containerRuntimeVersion: 'cri-o://1.24.6' }) },
      'failure',
    ],
    [
      'runtime-version',
      'Docker',
      { object: nodeOf({ containerRuntimeVersion: 'docker://27.1.0' }) },
      'failure',
    ],

    ['criu', 'none', seeRuntime({ criu: undefined }), 'failure', /PATH.*\/usr\/local\/sbin:\/usr\/sbin/],
    [
      'criu',
      'no PATH',
      seeRuntime({ criu: undefined, searchPath: undefined }),
      'unknown',
      /could not be read/,
    ],
    ['criu', '3.15', seeRuntime({ criu: { path: '/c', says: 'Version: 3.15' } }), 'failure', /^\/c: 3\.15$/],
    ['criu', '3.16', seeRuntime({ criu: { path: '/c', says: 'Version: 3.16' } }), 'ok'],
    [
      'criu',
      'broken',
      seeRuntime({ criu: { path: '/c', says: 'libnet.so: not found' } }),
      'failure',
      /libnet/,
    ],
    [
      'criu',
      'no chroot',
      seeRuntime({ criu: { path: '/c', says: "chroot: can't change root directory to '/node': no" } }),
      'unknown',
    ],
    ['criu', 'no runtime', see({ runtime: undefined }), 'unknown', /process was not found/],
    ['criu', 'no probe', { sight: notLearned('no') }, 'unknown', /only a probe pod/],

    [
      'criu-options',
      'connections',
      see({ criuOptions: [line('tcp-established')] }),
      'ok',
      /x\.toml:1: tcp-est/,
    ],
    ['criu-options', 'a log elsewhere', see({ criuOptions: [line('log-file /x')] }), 'warning', /not found/],

    ['kernel', 'not built for it', see({ kernelDumps: false }), 'failure', /CONFIG_CHECKPOINT_RESTORE/],
    ['kernel', 'sparc', { object: nodeOf({ architecture: 'sparc64' }) }, 'failure', /sparc64/],

    ['free-space', 'no folder', see({ archives: undefined }), 'failure', /no folder \/var\/lib\/kubelet/],
    [
      'free-space',
      '99 MiB',
      see({ archives: { freeBytes: 99 * 1024 ** 2, totalBytes: 100 * gib, count: 1, sizeBytes: 512 } }),
      'failure',
      /^99 MiB of 100 GiB are free at .*\none archive takes 512 B$/,
    ],
    [
      'free-space',
      '9 %',
      see({ archives: { freeBytes: 9 * gib, totalBytes: 100 * gib, count: 0, sizeBytes: 0 } }),
      'warning',
      /9 GiB/,
    ],

    ['clock', 'behind', see({ now: 900 }), 'warning', /^99 s behind this/],
    ['clock', 'ahead', see({ now: 1_101 }), 'warning', /^100 s ahead of this/],
    ['clock', 'a little', see({ now: 1_050 }), 'ok', /^49 s ahead/],

    [
      'reader-pod',
      'no right',
      { missingRights: known(['create pods/exec']) },
      'warning',
      /shop.*create pods\/exec/,
    ],
    ['reader-pod', 'not admitted', { admission: notLearned('violates') }, 'warning', /violates/],
    ['node-probe', 'not admitted', { sight: notLearned('violates') }, 'unknown', /violates/],

    ['checkpoint-endpoint', 'no word of the gate', { gate: known(undefined) }, 'ok', /^it answers$/],
    [
      'checkpoint-endpoint',
      'the gate in the configuration alone',
      { gate: known(undefined), config: known({ featureGates: { ContainerCheckpoint: true } }) },
      'ok',
      /ContainerCheckpoint: on/,
    ],
    ['kubelet-access', 'no answer', { call: notLearned('refused') }, 'failure', /refused/],
    ['kubelet-authorization', 'no answer', { call: notLearned('refused') }, 'unknown'],
  ]
  for (const [id, what, facts, status, evidence = /./] of cases) {
    it(`${id}: ${what} is ${status}`, () => {
      const verdict = judge(id, facts)
      equal(verdict?.status, status)
      match(verdict?.evidence.join('\n') ?? '', evidence)
      if (status === 'failure' || status === 'warning') match(verdict?.hint ?? 'not our own', /\w/)
    })
  }

  describe('of what the runtime is configured for', () => {
    const of = (id: string, version: string, ...texts: readonly string[]) => {
      const object = nodeOf({ containerRuntimeVersion: version })
      return judge(id, { object, ...seeRuntime({ settings: texts.map(line) }) })
    }
    const statusOf = (...given: Parameters<typeof of>) => of(...given)?.status

    it('finds checkpoints of containerd switched off, where the version knows the setting', () => {
      const off = 'enable_criu = false # never'
      equal(statusOf('runtime-checkpoint', 'containerd://2.1.9', off), 'ok')
      equal(statusOf('runtime-checkpoint', 'containerd://2.2.7', off), 'failure')
      equal(statusOf('runtime-checkpoint', 'containerd://2.3.3', off), 'ok')
      equal(statusOf('runtime-checkpoint', 'containerd://2.3.4', off), 'failure')
      equal(statusOf('runtime-checkpoint', 'containerd://2.4.0', off), 'failure')
      equal(statusOf('runtime-checkpoint', 'containerd://2.4.0', off, 'enable_criu = true'), 'ok')
      const failure = of('runtime-checkpoint', 'containerd://2.4.0', off)
      deepEqual(failure?.evidence, ['/etc/x.toml:0: enable_criu = false # never'])
      deepEqual(failure?.fix?.nodeFile?.path, '/etc/x.toml')
      match(failure?.fix?.nodeFile?.content ?? '', /enable_criu = true/)
    })

    it('finds checkpoints of CRI-O switched off, by the setting of its version or the default', () => {
      const id = 'runtime-checkpoint'
      equal(statusOf(id, 'cri-o://1.29.1'), 'failure')
      equal(statusOf(id, 'cri-o://1.29.1', 'enable_criu_support = true'), 'ok')
      equal(statusOf(id, 'cri-o://1.30.0'), 'ok')
      equal(statusOf(id, 'cri-o://1.30.0', 'enable_criu_support = false'), 'failure')
      equal(statusOf(id, 'cri-o://1.36.4', 'container_level_enabled = "none"'), 'failure')
      equal(statusOf(id, 'cri-o://1.36.4', "container_level_enabled = 'checkpoint_only'"), 'ok')
    })

    it('warns where pods cannot be started from checkpoints', () => {
      const id = 'runtime-restore'
      const on = 'enable_experimental_restore_via_create = true'
      equal(statusOf(id, 'containerd://2.0.9', on), 'warning')
      equal(statusOf(id, 'containerd://2.1.9'), 'ok')
      equal(statusOf(id, 'containerd://2.2.6'), 'ok')
      equal(statusOf(id, 'containerd://2.2.7'), 'warning')
      equal(statusOf(id, 'containerd://2.2.7', on), 'ok')
      equal(statusOf(id, 'containerd://2.3.4'), 'warning')
      equal(statusOf(id, 'containerd://2.4.0', on), 'warning')
      equal(statusOf(id, 'cri-o://1.36.3'), 'warning')
      equal(statusOf(id, 'cri-o://1.36.3', 'container_level_enabled = "checkpoint_restore"'), 'ok')
    })

    it('says nothing of runtimes that are not known', () => {
      equal(of('runtime-checkpoint', 'docker://27.1.0'), undefined)
      equal(of('runtime-restore', 'docker://27.1.0'), undefined)
    })
  })
})
