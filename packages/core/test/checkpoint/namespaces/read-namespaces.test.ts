import { deepEqual, equal, match } from 'node:assert/strict'
import { openLocalFile, readLocalFolder } from '@kubectl-checkpoint/core/bytes'
import { openArchive, type UnreadablePart } from '@kubectl-checkpoint/core/checkpoint/archive'
import { readNamespaces } from '@kubectl-checkpoint/core/checkpoint/namespaces'
import {
  craftTar,
  type FixtureName,
  fixture,
  imageSet,
  virtualSource,
} from '@kubectl-checkpoint/test-support'
import { metadataEntries } from '../craft-metadata.ts'
import { expectReadable, openImages } from './open-images.ts'

async function readFixture(name: FixtureName) {
  await using file = await openLocalFile(fixture(name))
  return await readNamespaces(await openArchive(file), expectReadable)
}
const readSet = async () => readNamespaces(await openImages('namespaces'), expectReadable)

describe('readNamespaces', () => {
  it('gives the names of the host', async () => {
    deepEqual((await readSet()).uts, { hostname: 'box-of-images', domainname: 'example.org' })
    deepEqual((await readFixture('containerd-miner')).uts, { hostname: 'miner-a', domainname: '(none)' })
  })
  it('gives what lies in shared memory, message queues and semaphores', async () => {
    const { ipc } = await readSet()
    const owner = { uid: 0, gid: 0 }
    deepEqual(ipc?.sharedMemory, [
      { key: '0x1001', id: 0, mode: '640', ...owner, sizeBytes: 5000 },
      { key: '0x0', id: 1, mode: '600', ...owner, sizeBytes: 4099 },
    ])
    deepEqual(ipc?.messageQueues, [
      {
        key: '0x1002',
        id: 0,
        mode: '600',
        ...owner,
        messageCount: 2,
        messages: [
          { type: '3', sizeBytes: 7, preview: 'MSG-ONE' },
          { type: '4', sizeBytes: 8, preview: 'MSG-TWO8' },
        ],
      },
      { key: '0x1003', id: 1, mode: '600', ...owner, messageCount: 0, messages: [] },
    ])
    deepEqual(ipc?.semaphores, [
      { key: '0x1004', id: 0, mode: '600', ...owner, values: [1, 2, 65] },
      { key: '0x1005', id: 1, mode: '666', ...owner, values: [4, 3, 2, 1] },
    ])
  })
  it('names the limits of IPC as sysctl(8) does', async () => {
    const { ipc } = await readSet()
    equal(ipc?.settings['kernel.shmmni'], '1234')
    equal(ipc?.settings['kernel.msgmax'], '4096')
    equal(ipc?.settings['kernel.sem'], '32000 1024000000 500 32000')
    equal(ipc?.settings['kernel.msg_next_id'], undefined)
  })
  it('gives interfaces with their addresses, rules, the firewall and settings', async () => {
    const { net } = await readSet()
    equal(net?.external, undefined)
    deepEqual(
      net?.interfaces.map(({ settings: _, ...one }) => one),
      [
        {
          name: 'lo',
          index: 1,
          type: 'loopback',
          mtu: 65536,
          up: true,
          addresses: ['127.0.0.1/8', '::1/128'],
        },
      ],
    )
    equal(net?.interfaces[0]?.settings?.['net.ipv4.disable_policy'], 1)
    equal(net?.interfaces[0]?.settings?.['net.ipv4.rp_filter'], undefined)
    deepEqual(net?.rules, [
      '0: from all lookup local',
      '32766: from all lookup main',
      '32767: from all lookup default',
    ])
    deepEqual(
      net?.firewall.map(({ name }) => name),
      ['nftables'],
    )
    match(net?.firewall[0]?.text ?? '', /^table ip filter \{/)
    equal(net?.settings['net.ipv4.conf.all.secure_redirects'], 1)
    equal(net?.settings['net.ipv6.conf.default.hop_limit'], 64)
    equal(net?.settings['net.unix.max_dgram_qlen'], 10)
  })
  it('gives devices of all types, routes, rules and firewalls as they were made', async () => {
    const { net } = await readNamespaces(await openImages('sockets'), expectReadable)
    deepEqual(
      net?.interfaces.map(({ name, type, up, mtu, master }) => [name, type, up, mtu, master]),
      [
        ['lo', 'loopback', true, 65536, undefined],
        ['tun0', 'tun', false, 1500, undefined],
        ['eth0', 'veth', true, 1400, undefined],
        ['wide0', 'macvlan', false, 1500, undefined],
        ['bridge0', 'bridge', false, 1500, undefined],
        ['inner1', 'veth', false, 1500, undefined],
        ['inner0', 'veth', false, 1500, 'bridge0'],
      ],
    )
    const eth0 = net?.interfaces[2]
    deepEqual(eth0?.addresses.slice(0, 2), ['10.1.2.3/24', 'fd00:1::3/64'])
    match(eth0?.mac ?? '', /^([0-9a-f]{2}:){5}[0-9a-f]{2}$/)
    equal(eth0?.settings?.['net.ipv4.rp_filter'], 2)
    deepEqual(
      net?.routes.filter((route) => !route.startsWith('fe80')),
      [
        'default via 10.1.2.1 dev eth0',
        '10.1.2.0/24 dev eth0 proto kernel scope link src 10.1.2.3',
        'fd00:1::/64 dev eth0 proto kernel metric 256',
        'fd00:2::/64 via fd00:1::1 dev eth0 metric 1024',
      ],
    )
    equal(net?.rules[1], '32765: from 10.1.2.0/24 lookup 7')
    deepEqual(
      net?.firewall.map(({ name, text }) => [name, /MASQUERADE|-p udp -j DROP|tcp dport 22/.exec(text)?.[0]]),
      [
        ['iptables', 'MASQUERADE'],
        ['ip6tables', '-p udp -j DROP'],
        ['nftables', 'tcp dport 22'],
      ],
    )
  })
  it('says by which names namespaces are given back that the archive lacks', async () => {
    const { pid, net } = await readNamespaces(await openImages('external'), expectReadable)
    deepEqual([pid, net?.external], [{ external: 'extRootPidNS' }, 'extRootNetNS'])
  })
  it('says by which name a network is given back that the archive lacks', async () => {
    deepEqual((await readFixture('containerd-svc')).net, {
      external: 'extRootNetNS',
      interfaces: [],
      routes: [],
      rules: [],
      firewall: [],
      settings: {},
    })
  })
  it('gives mappings of users, clocks, the cgroup that is the root, and how many mounts there are', async () => {
    const { user, time, cgroup, mount, pid } = await readSet()
    deepEqual(user?.uidMap, ['0 100000 1000', '1000 200000 64536'])
    deepEqual(user?.gidMap, user?.uidMap)
    // The clocks were set an hour and a day ahead.
    const [monotonic, boottime] = [Number(time?.monotonicSeconds), Number(time?.boottimeSeconds)]
    equal(Math.round(boottime - monotonic), 86400 - 3600)
    match(time?.monotonicSeconds ?? '', /^\d+\.\d{9}$/)
    deepEqual([cgroup, mount, pid], [{ root: '/image-box' }, { mounts: 14 }, undefined])
  })
  it("gives the node's clocks where the container has no time namespace of its own", async () => {
    match((await readFixture('podman-counter')).time?.monotonicSeconds ?? '', /^\d+\.\d{9}$/)
  })
  it('gives a namespace that only one process is in, with its number', async () => {
    const { nested } = await readSet()
    equal(nested.length, 1)
    equal(nested[0]?.processes.length, 1)
    deepEqual(
      nested[0]?.net?.interfaces.map(({ name, up, addresses }) => [name, up, addresses]),
      [['lo', false, []]],
    )
  })
  it('reports what is broken, and gives the rest', async () => {
    const { source, entries } = await readLocalFolder(imageSet('namespaces'))
    const broken = new Map<string, string | number>([
      ['utsns', 'no image'],
      ['ipcns-msg', 'no image'],
      ['rule', 'no rules'],
      ['nftables', 5 * 1024 * 1024],
    ])
    const files = entries.filter(({ type, name }) => type === 'file' && !name.startsWith('pages'))
    const crafted = files.map(async ({ name, offset, size }) => {
      const data = broken.get(name.replace(/-\d+\.img$/, '')) ?? (await source.read(offset, size))
      return { name: `checkpoint/${name}`, data }
    })
    const archive = await openArchive(
      virtualSource(craftTar([...metadataEntries(), ...(await Promise.all(crafted))])),
    )
    const unreadable: UnreadablePart[] = []
    const { uts, ipc, net, user } = await readNamespaces(archive, (part) => unreadable.push(part))
    deepEqual(
      new Set(unreadable.map(({ entry, code }) => `${entry.replace(/-\d+/, '')} ${code}`)),
      new Set([
        'utsns.img BAD_MAGIC',
        'ipcns-msg.img BAD_MAGIC',
        'rule.img BAD_MAGIC',
        'nftables.img IMAGE_TOO_LARGE',
      ]),
    )
    equal(uts, undefined)
    deepEqual(
      ipc?.semaphores.map(({ values }) => values.length),
      [3, 4],
    )
    deepEqual([net?.interfaces.length, net?.rules, user?.uidMap.length], [1, [], 2])
  })
  it('gives nothing where there are no images', async () => {
    const archive = await openArchive(virtualSource(craftTar(metadataEntries())))
    deepEqual(await readNamespaces(archive, expectReadable), { nested: [] })
  })
})
