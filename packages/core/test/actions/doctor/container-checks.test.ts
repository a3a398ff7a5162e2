import assert from 'node:assert/strict'
import { runChecks } from '../../../src/actions/doctor/check.ts'
import { containerChecks } from '../../../src/actions/doctor/checks/container/index.ts'
import type { ContainerFacts } from '../../../src/actions/doctor/container-facts.ts'
import { type ContainerSight, lookAtContainer } from '../../../src/remote/node-probe/index.ts'

/** What the script says, by sections; as recorded, but shortened. */
type Said = Readonly<Record<string, readonly string[]>>

const healthy: Said = {
  status: [
    '71 Name python3',
    '71 PPid 50',
    '71 TracerPid 0',
    '80 Name python3',
    '80 PPid 71',
    '80 TracerPid 0',
  ],
  namespaces: ['71 net net:[40]', '71 mnt mnt:[41]', '80 net net:[40]', '80 mnt mnt:[41]'],
  links: [
    '71 0 /dev/null',
    '71 3 socket:[900]',
    '71 4 anon_inode:[eventpoll]',
    '71 5 /tmp/x (deleted)',
    '71 6 /memfd:m (deleted)',
  ],
  stats: [
    '71 0 21b6 1 3 0 1',
    '71 3 c1ff 0 0 0 1',
    '71 4 180 0 0 0 1',
    '71 5 81a4 0 0 8 0',
    '71 6 81a4 0 0 8000 0',
  ],
  mappings: ['71 /dev/zero (deleted)'],
  locks: [],
  tcp: ['00000000:1F40 00000000:0000 0A 00000000 900'],
}

const sightOf = (said: Said): ContainerSight =>
  lookAtContainer('f1').parse(
    new Map(Object.entries(said).map(([name, lines]) => [name, lines.map((line) => `${line}\n`).join('')])),
  )

const mebibyte = 1024 * 1024
const healthyPod = {
  spec: { containers: [{ name: 'app' }] },
  status: { containerStatuses: [{ name: 'app', state: { running: {} } }] },
}

interface Circumstances {
  readonly options?: readonly string[]
  readonly runtime?: string
  readonly pod?: object
  readonly freeBytes?: number
  readonly usage?: object
}

const judge = (
  said: Said,
  {
    options = [],
    runtime = 'containerd://2.1.9',
    pod = healthyPod,
    freeBytes = 300 * mebibyte,
    usage = { known: true, value: { memoryBytes: 90 * mebibyte, changedBytes: 10 * mebibyte } },
  }: Circumstances = {},
) => {
  const facts = {
    target: { container: 'app' },
    pod: { known: true, value: pod },
    usage,
    node: {
      archiveFolder: '/var/lib/kubelet/checkpoints',
      object: { known: true, value: { status: { nodeInfo: { containerRuntimeVersion: runtime } } } },
      sight: {
        known: true,
        value: {
          archives: { freeBytes },
          criuOptions: options.map((text, index) => ({ path: '/etc/criu/runc.conf', line: index + 1, text })),
        },
      },
    },
    sight: { known: true, value: sightOf(said) },
  } as unknown as ContainerFacts
  return runChecks(containerChecks, facts)
}

const more = (section: string, ...lines: string[]): Said => ({
  ...healthy,
  [section]: [...(healthy[section] ?? []), ...lines],
})

const failuresOf = (...judged: Parameters<typeof judge>) =>
  judge(...judged)
    .filter(({ status }) => status === 'failure')
    .map(({ id, evidence }) => [id, ...evidence])

const checkOf = (id: string, ...judged: Parameters<typeof judge>) => {
  const found = judge(...judged).find((check) => check.id === id)
  assert.ok(found, `there is no check ${id}`)
  return found
}

describe('containerChecks', () => {
  it('find nothing in a container that listens, waits and keeps small deleted files', () => {
    assert.deepEqual(
      judge(healthy).map(({ status }) => status),
      containerChecks.map(() => 'ok'),
    )
  })

  it('find connections of its own processes, and not those of other containers of the pod', () => {
    const own = '0100007F:1F90 0200007F:C001 01 00000000 900'
    const others = '0100007F:1F91 0200007F:C002 01 00000000 901'
    const said = { ...healthy, tcp: [own, others] }
    assert.deepEqual(failuresOf(said), [
      ['tcp-connections', 'PID 71 (python3), descriptor 3: 127.0.0.1:8080 to 127.0.0.2:49153'],
    ])
  })

  it('say what to write where about connections, and ok once that is there', () => {
    const said = { ...healthy, tcp: ['0100007F:1F90 0200007F:C001 08 00000000 900'] }
    const check = checkOf('tcp-connections', said)
    assert.equal(check.fix?.nodeFile?.content, 'tcp-established\n')
    assert.match(check.hint ?? '', /established TCP connections.*other end/)
    const told = checkOf('tcp-connections', said, { options: ['tcp-established'] })
    assert.equal(told.status, 'ok')
    assert.equal(told.evidence.at(-1), 'accepted, as /etc/criu/runc.conf:1 says')
  })

  it('write IPv6 addresses short, and mapped ones as IPv4', () => {
    const mapped = '0000000000000000FFFF00000100007F:1F90'
    const plain = '000000FD000000000000000005000000:1538'
    const [[, evidence] = []] = failuresOf({ ...healthy, tcp: [`${mapped} ${plain} 01 00000000 900`] })
    assert.equal(evidence, 'PID 71 (python3), descriptor 3: 127.0.0.1:8080 to [fd00::5]:5432')
  })

  it('find clients that wait for being accepted', () => {
    const said = { ...healthy, tcp: ['00000000:1F40 00000000:0000 0A 00000002 900'] }
    assert.deepEqual(failuresOf(said), [
      ['waiting-clients', 'PID 71 (python3), descriptor 3: 2 at 0.0.0.0:8000'],
    ])
  })

  for (const [what, said, id] of [
    ['a device', { ...more('links', '80 7 /dev/fuse'), stats: ['80 7 21b6 a e5 0 1'] }, 'devices'],
    ['a mapped device', more('mappings', '80 /dev/infiniband/uverbs0'), 'devices'],
    [
      'io_uring',
      { ...more('links', '80 7 anon_inode:[io_uring]'), stats: ['80 7 180 0 0 0 1'] },
      'kernel-objects',
    ],
    [
      'userfaultfd',
      { ...more('links', '80 7 anon_inode:[userfaultfd]'), stats: ['80 7 180 0 0 0 1'] },
      'kernel-objects',
    ],
    ['a file lock', more('locks', '71 4 FLOCK  ADVISORY  WRITE 71 00:207:4006099 0 EOF'), 'file-locks'],
    [
      'a large deleted file',
      { ...more('links', '80 7 /big (deleted)'), stats: ['80 7 81a4 0 0 6144 0'] },
      'deleted-files',
    ],
    [
      'a deleted name of another link',
      { ...more('links', '80 7 /a (deleted)'), stats: ['80 7 81a4 0 0 8 1'] },
      'deleted-files',
    ],
    ['a traced process', { ...healthy, status: ['71 Name a', '71 PPid 5', '71 TracerPid 9'] }, 'tracers'],
    ['an NVIDIA device', { ...more('links', '80 7 /dev/x'), stats: ['80 7 21b6 c3 0 0 1'] }, 'gpus'],
    ['a mapped AMD device', more('mappings', '80 /dev/kfd'), 'gpus'],
    ['a stopped process', { ...healthy, status: ['71 Name a', '71 State T (stopped)'] }, 'stopped-processes'],
    ['probes of a tracer', more('mappings', '71 [uprobes]'), 'tracers'],
    [
      'a nested namespace',
      { ...healthy, namespaces: ['71 net net:[40]', '80 net net:[44]'] },
      'nested-namespaces',
    ],
  ] as const) {
    it(`find ${what}`, () => {
      assert.deepEqual(
        failuresOf(said).map(([first]) => first),
        [id],
      )
    })
  }

  it('take a process that has ended, which has no namespaces any more', () => {
    assert.deepEqual(failuresOf({ ...healthy, namespaces: ['71 net net:[40]'] }), [])
  })

  it('take mount namespaces of processes of their own, and /dev/net/tun', () => {
    assert.deepEqual(failuresOf({ ...healthy, namespaces: ['71 mnt mnt:[41]', '80 mnt mnt:[44]'] }), [])
    assert.deepEqual(failuresOf({ ...more('links', '80 7 /dev/net/tun'), stats: ['80 7 21b6 a c8 0 1'] }), [])
  })

  it('take file locks where CRI-O runs, which has CRIU accept them', () => {
    const said = more('locks', '71 4 FLOCK  ADVISORY  WRITE 71 00:207:4006099 0 EOF')
    assert.deepEqual(failuresOf(said, { runtime: 'cri-o://1.34.2' }), [])
  })

  it('tell of what is left when CRIU was told to accept the rest', () => {
    const said = {
      ...healthy,
      links: ['71 7 /a (deleted)', '71 8 /big (deleted)'],
      stats: ['71 7 81a4 0 0 8 1', '71 8 81a4 0 0 6144 0'],
    }
    const [[, evidence] = []] = failuresOf(said, { options: ['link-remap'] })
    assert.match(evidence ?? '', /\/big/)
    assert.deepEqual(failuresOf(said, { options: ['link-remap', 'ghost-limit 1G'] }), [])
  })

  it('show five of many, and how many more there are', () => {
    const locks = Array.from({ length: 8 }, (_, index) => `71 ${index} POSIX  ADVISORY  WRITE 71`)
    const [[, ...evidence] = []] = failuresOf(more('locks', ...locks))
    assert.deepEqual([evidence.length, evidence.at(-1)], [6, 'and 3 more'])
  })

  it('do not say that there is none where the probe tells of a part only', () => {
    const line = '71 9 /data/some-file-of-many'
    const many = { ...healthy, links: Array.from({ length: 10_000 }, () => line) }
    const { status, evidence } = checkOf('devices', many)
    assert.deepEqual(
      [status, evidence],
      ['unknown', ['none of what was seen; the container has more open than the probe tells of']],
    )
  })

  it('leave lines alone that are not of their form', () => {
    const noise = ['', '71', 'x y z', '71 -1 /x', `${'9'.repeat(30)} 1 /dev/fuse`]
    const said = Object.fromEntries(Object.keys(healthy).map((name) => [name, noise]))
    assert.deepEqual(failuresOf(said), [])
  })

  describe('compare memory with the room for its archive', () => {
    for (const [what, freeBytes, status] of [
      ['is ok where all copies fit', 300, 'ok'],
      ['warns where only the archive itself fits', 299, 'warning'],
      ['fails where not even that fits', 99, 'failure'],
    ] as const) {
      it(what, () => {
        const check = checkOf('memory', healthy, { freeBytes: freeBytes * mebibyte })
        assert.equal(check.status, status)
        assert.deepEqual(check.evidence, [
          '90 MiB, and 10 MiB of changed files',
          `${freeBytes} MiB are free at /var/lib/kubelet/checkpoints`,
        ])
      })
    }
    it('and warn where the kubelet does not tell how much there is', () => {
      const usage = { known: false, reason: 'nodes/stats is forbidden', hint: 'Ask.' }
      const { status, evidence, hint } = checkOf('memory', healthy, { usage })
      assert.deepEqual(
        { status, evidence, hint },
        {
          status: 'warning',
          evidence: ['how much there is, is not known: nodes/stats is forbidden'],
          hint: 'Ask.',
        },
      )
    })
  })

  const podWith = (spec: object) => ({ ...healthyPod, spec: { ...healthyPod.spec, ...spec } })
  const limited = (limits: object) => podWith({ containers: [{ name: 'app', resources: { limits } }] })
  for (const [what, id, said, pod, evidence] of [
    [
      'a GPU that nobody uses at the moment',
      'gpus',
      healthy,
      limited({ 'nvidia.com/gpu': '1' }),
      ['the container has 1 of nvidia.com/gpu', 'no process uses it at the moment'],
    ],
    [
      'huge pages',
      'huge-pages',
      more('mappings', '71 /anon_hugepage (deleted)'),
      limited({ 'hugepages-2Mi': '64Mi' }),
      ['PID 71 (python3) has mapped some', 'the container may have 64Mi of hugepages-2Mi'],
    ],
    [
      "the node's namespaces",
      'host-namespaces',
      healthy,
      podWith({ hostNetwork: true, hostPID: true }),
      ['the pod has hostNetwork', 'the pod has hostPID'],
    ],
  ] as const) {
    it(`warn of ${what}`, () => {
      const check = checkOf(id, said, { pod })
      assert.deepEqual([check.status, check.evidence], ['warning', evidence])
    })
  }

  it('find a container that does not run, and why', () => {
    const state = { waiting: { reason: 'CrashLoopBackOff', message: 'back-off 5m0s' } }
    const waiting = { ...healthyPod, status: { containerStatuses: [{ name: 'app', state }] } }
    assert.deepEqual(checkOf('running', healthy, { pod: waiting }).evidence, [
      'waiting: CrashLoopBackOff: back-off 5m0s',
    ])
    const ended = {
      ...healthyPod,
      status: {
        containerStatuses: [{ name: 'app', state: { terminated: { exitCode: 137, reason: 'OOMKilled' } } }],
      },
    }
    const check = checkOf('running', healthy, { pod: ended })
    assert.deepEqual([check.status, check.evidence], ['failure', ['ended with exit code 137: OOMKilled']])
  })

  it('are unknown where nothing was seen', () => {
    const sight = { known: false, reason: 'no probe was wanted' } as const
    const facts = { sight, pod: sight, usage: sight, target: { container: 'app' } } as unknown
    const checks = runChecks(containerChecks, facts as ContainerFacts)
    const others = checks.filter(({ status }) => status !== 'unknown')
    assert.deepEqual(
      others.map(({ id, status }) => [id, status]),
      [['memory', 'warning']],
    )
  })
})
