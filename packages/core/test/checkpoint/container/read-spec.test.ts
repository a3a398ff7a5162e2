import { deepEqual, equal } from 'node:assert/strict'
import { openLocalFile } from '@kubectl-checkpoint/core/bytes'
import { type Archive, openArchive, type UnreadablePart } from '@kubectl-checkpoint/core/checkpoint/archive'
import { describeContainer, readParticulars, readSpec } from '@kubectl-checkpoint/core/checkpoint/container'
import {
  type CraftedEntry,
  craftTar,
  type FixtureName,
  fixture,
  virtualSource,
} from '@kubectl-checkpoint/test-support'
import { configDump, metadataEntries } from '../craft-metadata.ts'

const crafted = (spec: unknown, others: readonly CraftedEntry[] = [], config: unknown = configDump) =>
  openArchive(virtualSource(craftTar([...metadataEntries(config, spec), ...others])))

async function read(archive: Archive) {
  const unreadable: UnreadablePart[] = []
  const report = (part: UnreadablePart) => unreadable.push(part)
  const particulars = await readParticulars(archive, report)
  const spec = await readSpec(archive, particulars, report)
  return { spec, particulars, unreadable, container: describeContainer(archive, particulars) }
}

async function readFixture(name: FixtureName) {
  await using file = await openLocalFile(fixture(name))
  return read(await openArchive(file))
}

describe('readSpec', () => {
  it('gives what containerd told the runtime, and what it knew of the container', async () => {
    const { spec, unreadable } = await readFixture('containerd-miner')
    deepEqual(unreadable, [])
    deepEqual(spec?.args, ['/data/kinsing', '31337', '2'])
    equal(spec?.env[2], 'DB_PASSWORD=hunter2-very-secret')
    deepEqual(spec?.user, { uid: 0, gid: 0, additionalGids: [0] })
    deepEqual(
      [spec?.cwd, spec?.rootfs, spec?.terminal, spec?.readonlyRootfs, spec?.privileged, spec?.seccomp],
      ['/', 'rootfs', false, false, false, false],
    )
    equal(spec?.capabilities.length, 14)
    deepEqual(spec?.namespaces, [
      { type: 'pid' },
      { type: 'ipc', path: '/proc/25617/ns/ipc' },
      { type: 'uts', path: '/proc/25617/ns/uts' },
      { type: 'mount' },
      { type: 'network', path: '/proc/25617/ns/net' },
    ])
    deepEqual(spec?.mounts[0], {
      destination: '/proc',
      type: 'proc',
      source: 'proc',
      options: ['nosuid', 'noexec', 'nodev'],
    })
    equal(spec?.maskedPaths.length, 12)
    deepEqual(spec?.limits, { cpuShares: 2, oomScoreAdjustment: 1000 })
    equal(spec?.labels?.['io.kubernetes.pod.name'], 'miner-a')
    deepEqual(spec?.exposedPorts, [])
    equal(spec?.status?.status?.StartedAt, '1795441279880546201')
    equal(spec?.status?.['status.dump']?.state, 1)
    equal(spec?.config?.runtime, 'io.containerd.runc.v2')
    deepEqual([spec?.bindMounts, spec?.network], [undefined, undefined])
  })
  it("gives CRI-O's labels, bind mounts and address from where CRI-O keeps them", async () => {
    const { spec, container } = await readFixture('crio-miner')
    equal(spec?.labels?.['io.kubernetes.pod.uid'], '5ca5c28a-5f0a-44e9-bdfd-175771465d32')
    equal(spec?.bindMounts?.length, 5)
    equal(spec?.bindMounts?.[4]?.file_type, 'directory')
    deepEqual(container?.ips, ['10.244.3.5'])
    deepEqual(spec?.exposedPorts, [])
    equal(spec?.status, undefined)
  })
  it("gives Podman's own description without the specification that it repeats", async () => {
    const { spec, container } = await readFixture('podman-counter')
    equal(spec?.config?.restartPolicy, undefined)
    deepEqual(spec?.config?.command, ['/data/kinsing', '31337', '2'])
    equal(spec?.config?.spec, undefined)
    equal(spec?.seccomp, true)
    deepEqual(spec?.sysctl, { 'net.ipv4.ping_group_range': '0 0' })
    deepEqual(spec?.limits, {
      pids: 2048,
      processLimits: [
        { name: 'RLIMIT_NOFILE', soft: '20000', hard: '20000' },
        { name: 'RLIMIT_NPROC', soft: '96365', hard: '96365' },
      ],
    })
    equal(container?.ips, undefined)
    equal(spec?.network, undefined)
  })
  it('gives limits in bytes and processors, and none where the engine wrote none', async () => {
    const limited = {
      process: { rlimits: [{ type: 'RLIMIT_CORE', soft: 0, hard: Number(2n ** 64n - 1n) }] },
      linux: {
        resources: {
          memory: { limit: 268435456, reservation: 1024, swap: -1 },
          cpu: { quota: 150000, period: 100000, shares: 512, cpus: '0-1', mems: '0' },
          pids: { limit: 0 },
          hugepageLimits: [
            { pageSize: '2MB', limit: 4194304 },
            { pageSize: '1GB', limit: 0 },
          ],
        },
      },
    }
    const { spec } = await read(await crafted(limited))
    deepEqual(spec?.limits, {
      memoryBytes: 268435456,
      memoryReservationBytes: 1024,
      cpus: 1.5,
      cpuShares: 512,
      cpuSet: '0-1',
      memoryNodes: '0',
      hugePages: [{ pageSize: '2MB', bytes: 4194304 }],
      processLimits: [{ name: 'RLIMIT_CORE', soft: '0', hard: 'unlimited' }],
    })
  })
  it('knows a privileged container by what only such ones have together', async () => {
    const privileged = {
      process: {
        capabilities: {
          bounding: ['CAP_SYS_ADMIN', 'CAP_SYS_MODULE', 'CAP_SYS_RAWIO', 'CAP_SYS_PTRACE', 'CAP_NET_ADMIN'],
        },
      },
      linux: { resources: { devices: [{ allow: true, access: 'rwm' }] } },
    }
    const { process, linux } = privileged
    const { devices } = linux.resources
    const cases: readonly (readonly [unknown, boolean])[] = [
      [privileged, true],
      [{ process: { capabilities: { bounding: ['CAP_SYS_ADMIN'] } }, linux }, false],
      [{ process, linux: { ...linux, maskedPaths: ['/proc/kcore'] } }, false],
      [{ process, linux: { ...linux, seccomp: { defaultAction: 'SCMP_ACT_ERRNO' } } }, false],
      [{ process, linux: { resources: { devices: [{ allow: false, access: 'rwm' }] } } }, false],
      [{ process, linux: { resources: { devices: [{ ...devices[0], type: 'c', major: 10 }] } } }, false],
    ]
    for (const [spec, expected] of cases) {
      equal((await read(await crafted(spec))).spec?.privileged, expected, JSON.stringify(spec))
    }
  })
  it('leaves out what is not of the type that it should be', async () => {
    const { spec } = await read(
      await crafted({
        hostname: 7,
        root: 'rootfs',
        process: {
          args: 'sh',
          env: ['A=1', 2, null],
          user: { uid: '0', gid: 0 },
          capabilities: { bounding: { CAP_KILL: true } },
        },
        mounts: [null, 3, { destination: '' }, { destination: '/x', options: 'ro' }],
        linux: { namespaces: [[], { path: '/p' }], sysctl: { a: 'b', c: 1 }, devices: [{ path: '/dev/x' }] },
      }),
    )
    deepEqual(
      [spec?.hostname, spec?.rootfs, spec?.args, spec?.env, spec?.user, spec?.capabilities],
      [undefined, undefined, [], ['A=1'], undefined, []],
    )
    deepEqual(spec?.mounts, [{ destination: '/x', options: [] }])
    deepEqual(spec?.namespaces, [{ type: 'unknown', path: '/p' }])
    deepEqual([spec?.sysctl, spec?.devices], [{ a: 'b' }, ['? ?:? /dev/x']])
  })
  it('names mappings of users and devices as the kernel would', async () => {
    const { spec } = await read(
      await crafted({
        linux: {
          uidMappings: [{ containerID: 0, hostID: 100000, size: 65536 }],
          gidMappings: [{ containerID: 0, hostID: 200000, size: 65536 }],
          devices: [{ type: 'c', major: 10, minor: 200, path: '/dev/net/tun' }],
        },
      }),
    )
    deepEqual(spec?.userMapping, { uidMap: ['0 100000 65536'], gidMap: ['0 200000 65536'] })
    deepEqual(spec?.devices, ['c 10:200 /dev/net/tun'])
  })
  it('reports a status that is not JSON or too large, and gives the rest', async () => {
    const { spec, unreadable } = await read(
      await crafted({}, [
        { name: 'status', data: '{' },
        { name: 'bind.mounts', data: 5 * 1024 * 1024 },
      ]),
    )
    deepEqual(
      unreadable.map(({ entry, code }) => [entry, code]),
      [
        ['status', 'BAD_METADATA'],
        ['bind.mounts', 'BAD_METADATA'],
      ],
    )
    deepEqual(spec?.args, [])
  })
  it('gives nothing where no engine wrote', async () => {
    const archive = await openArchive(virtualSource(craftTar([{ name: 'inventory.img', data: 'x' }])))
    const { spec, particulars, container } = await read(archive)
    deepEqual([spec, particulars, container], [undefined, {}, undefined])
  })
})

describe('readParticulars', () => {
  it('reads ports that the kubelet hands to containerd and CRI-O in an annotation', async () => {
    const annotation = {
      'io.kubernetes.container.ports': JSON.stringify([
        { name: 'http', containerPort: 8080, protocol: 'TCP' },
        { containerPort: 53, protocol: 'UDP' },
        { protocol: 'TCP' },
      ]),
    }
    const containerd = await crafted({}, [
      { name: 'status.dump', data: JSON.stringify({ id: 'x', annotations: annotation }) },
    ])
    const crio = await crafted({
      annotations: {
        'io.container.manager': 'cri-o',
        'io.kubernetes.cri-o.Annotations': JSON.stringify(annotation),
      },
    })
    for (const archive of [containerd, crio]) {
      deepEqual((await read(archive)).particulars.exposedPorts, ['8080/tcp', '53/udp'])
    }
  })
  it("reads addresses, labels and ports of Podman's, those of a range as well", async () => {
    const config = {
      ...configDump,
      labels: { tier: 'web' },
      exposedPorts: { '80': ['tcp'], '53': ['udp', 'tcp', 'quic'] },
      newPortMappings: [
        { container_port: 80, host_port: 8080, range: 1, protocol: 'tcp' },
        { container_port: 9000, host_port: 9000, range: 2, protocol: 'tcp,udp' },
        { container_port: 65535, range: 1e9, protocol: 'tcp' },
      ],
    }
    const network = {
      podman: {
        interfaces: {
          eth0: { subnets: [{ ipnet: '10.88.0.7/16', gateway: '10.88.0.1' }, { ipnet: 'fd00::7/64' }] },
        },
      },
    }
    const { particulars, container } = await read(
      await crafted(
        { annotations: { 'io.container.manager': 'libpod' } },
        [{ name: 'network.status', data: JSON.stringify(network) }],
        config,
      ),
    )
    deepEqual(particulars, {
      labels: { tier: 'web' },
      ips: ['10.88.0.7', 'fd00::7'],
      exposedPorts: [
        '53/tcp',
        '53/udp',
        '80/tcp',
        '9000/tcp',
        '9000/udp',
        '9001/tcp',
        '9001/udp',
        '65535/tcp',
      ],
    })
    deepEqual(container?.ips, ['10.88.0.7', 'fd00::7'])
  })
  it('says nothing of ports and labels where containerd 2.0 left no status', async () => {
    const { particulars } = await read(
      await crafted({ annotations: { 'io.kubernetes.cri.container-type': 'container' } }),
    )
    deepEqual(particulars, {})
  })
  it('takes annotations that are no JSON for empty ones', async () => {
    const { particulars } = await read(
      await crafted({
        annotations: {
          'io.container.manager': 'cri-o',
          'io.kubernetes.cri-o.Labels': '{',
          'io.kubernetes.cri-o.Annotations': '[1]',
        },
      }),
    )
    deepEqual(particulars, { labels: {}, ips: [], exposedPorts: [] })
  })
})
