import { deepEqual, equal, ok } from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { type Facts, findOddities, rules } from '@kubectl-checkpoint/core/checkpoint/findings'
import type {
  MappingDocument,
  OpenFileDocument,
  ProcessDocument,
  SocketDocument,
  SpecDocument,
} from '@kubectl-checkpoint/core/documents'

const process = (changes: Partial<ProcessDocument> = {}): ProcessDocument => ({
  pid: 1,
  ppid: 0,
  comm: 'app',
  exe: '/usr/bin/app',
  args: ['/usr/bin/app', '--serve'],
  state: 'running',
  uid: 0,
  gid: 0,
  threads: [],
  ...changes,
})
const spec = (changes: Partial<SpecDocument> = {}): SpecDocument => ({
  args: [],
  env: [],
  terminal: false,
  readonlyRootfs: false,
  privileged: false,
  noNewPrivileges: false,
  capabilities: ['CAP_KILL', 'CAP_CHOWN'],
  seccomp: true,
  namespaces: ['pid', 'network', 'ipc', 'mount', 'uts'].map((type) => ({ type })),
  mounts: [],
  devices: [],
  maskedPaths: ['/proc/kcore'],
  readonlyPaths: [],
  sysctl: {},
  limits: {},
  annotations: {},
  ...changes,
})
const mapping = (
  permissions: string,
  path?: string,
  changes: Partial<MappingDocument> = {},
): ProcessDocument =>
  process({
    memory: {
      mappedBytes: 4096,
      presentBytes: 0,
      mappings: [
        {
          start: '0x1000',
          end: '0x2000',
          permissions,
          presentBytes: 0,
          ...(path === undefined ? {} : { path }),
          ...changes,
        },
      ],
    },
  })
const socket = (changes: Partial<SocketDocument>, of: Partial<ProcessDocument> = {}): ProcessDocument =>
  process({ sockets: [{ fd: 5, protocol: 'tcp', ...changes }], ...of })
const file = (changes: Partial<OpenFileDocument>): ProcessDocument =>
  process({ files: [{ fd: 3, type: 'file', path: '/tmp/x', deleted: false, ...changes }] })
const bind = (source: string, destination: string, ...options: readonly string[]): SpecDocument =>
  spec({ mounts: [{ source, destination, type: 'bind', options: ['rbind', ...options] }] })

interface Case {
  readonly facts: Partial<Facts>
  /** Of each finding its place, its PID and a piece of its evidence. */
  readonly found: readonly (readonly [place: string | undefined, pid: number | undefined, evidence: string])[]
}

const of = (...processes: readonly ProcessDocument[]): Partial<Facts> => ({ processes })
const nothing = (facts: Partial<Facts>): Case => ({ facts, found: [] })

/** By the ids of the rules: what each finds, and what it takes for ordinary. */
const cases: Readonly<Record<string, readonly Case[]>> = {
  'deleted-executable': [
    {
      facts: of(process({ exe: '/opt/x', exeDeleted: true })),
      found: [['/opt/x', 1, 'PID 1 (app) runs /opt/x, which was deleted']],
    },
    nothing(of(process({ exe: '/memfd:x', exeDeleted: true }))),
    nothing(of(process())),
  ],
  'memfd-executable': [
    { facts: of(process({ exe: '/memfd:x', exeDeleted: true })), found: [['/memfd:x', 1, 'runs /memfd:x']] },
    nothing(of(process({ exe: '/opt/memfd:x' }))),
  ],
  'changed-executable': [
    {
      facts: { processes: [process()], changedPaths: new Set(['/usr/bin/app']) },
      found: [['/usr/bin/app', 1, 'was added or modified']],
    },
    nothing({ processes: [process()], changedPaths: new Set(['/usr/bin/other']) }),
    nothing({ processes: [process({ exeDeleted: true })], changedPaths: new Set(['/usr/bin/app']) }),
  ],
  'temporary-executable': [
    ...['/tmp/a', '/var/tmp/a', '/dev/shm/a', '/tmp'].map((exe) => ({
      facts: of(process({ exe })),
      found: [[exe, 1, exe] as const],
    })),
    {
      facts: {
        processes: [process({ exe: '/cache/deep/a' })],
        spec: spec({ mounts: [{ destination: '/cache', type: 'tmpfs', options: [] }] }),
      },
      found: [['/cache/deep/a', 1, 'in /cache']],
    },
    {
      facts: {
        processes: [process({ exe: '/cache/a' })],
        mounts: [{ mountPoint: '/cache', type: 'tmpfs', options: ['rw'] }],
      },
      found: [['/cache/a', 1, 'in /cache']],
    },
    nothing(of(process({ exe: '/tmpfoo/a' }))),
    nothing({
      processes: [process({ exe: '/cache/a' })],
      mounts: [{ mountPoint: '/cache', type: 'tmpfs', options: ['ro'] }],
    }),
    nothing({
      processes: [process({ exe: `/cache${'/'.repeat(1_000_000)}a` })],
      mounts: [{ mountPoint: '/cache', type: 'tmpfs', options: [] }],
    }),
  ],
  'volume-executable': [
    {
      facts: { processes: [process({ exe: '/data/a' })], spec: bind('/srv/disk', '/data') },
      found: [['/data/a', 1, 'in the mount /data, which is /srv/disk on the node']],
    },
    {
      facts: {
        processes: [process({ exe: '/data/a' })],
        mounts: [{ mountPoint: '/data', type: 'ext4', options: ['rw'] }],
      },
      found: [['/data/a', 1, 'in the mount /data']],
    },
    nothing({ processes: [process({ exe: '/data/a' })], spec: bind('/srv/disk', '/data', 'ro') }),
    nothing({ processes: [process()], mounts: [{ mountPoint: '/', type: 'overlay', options: ['rw'] }] }),
  ],
  'disguised-executable': [
    ...[
      '/tmp/.x/a',
      '/usr/bin/.a',
      '/usr/bin/.../a',
      '/usr/bin/ls ',
      '/usr/bin /ls',
      '/usr/bin/l s',
      '/opt/a\u202eb',
      '/opt/a\nb',
    ].map((exe) => ({
      facts: of(process({ exe })),
      found: [[exe, 1, JSON.stringify(exe)] as const],
    })),
    nothing(of(process({ exe: '/root/.nvm/versions/node/v24/bin/node' }))),
    nothing(of(process({ exe: '/opt/größe/app' }))),
    nothing(of(process({ exe: '/opt/two words/app' }))),
  ],
  'shell-on-socket': [
    {
      facts: of(
        process({
          exe: '/bin/bash',
          sockets: [0, 1, 2].map((fd) => ({ fd, protocol: 'tcp', remote: '203.0.113.7:4444' })),
        }),
      ),
      found: [['descriptor 0 of PID 1', 1, 'from and to 203.0.113.7:4444']],
    },
    nothing(of(process({ sockets: [0, 1].map((fd) => ({ fd, protocol: 'tcp' })) }))),
    nothing(of(process({ exe: '/bin/sh', sockets: [0, 1].map((fd) => ({ fd, protocol: 'unix' })) }))),
    nothing(of(process({ exe: '/bin/sh', sockets: [{ fd: 0, protocol: 'tcp' }] }))),
  ],
  'deleted-code': [
    {
      facts: of(mapping('r-xp', '/opt/lib.so', { deleted: true })),
      found: [['/opt/lib.so', 1, '0x1000-0x2000 r-xp /opt/lib.so (deleted)']],
    },
    nothing(of(mapping('r--p', '/opt/lib.so', { deleted: true }))),
    nothing(of(mapping('r-xs', '/dev/zero', { deleted: true }))),
    nothing(of(mapping('r-xp', '/usr/bin/app', { deleted: true }))),
    nothing(of(mapping('r-xp', '/opt/lib.so'))),
  ],
  'memfd-code': [
    { facts: of(mapping('r-xs', '/memfd:x', { deleted: true })), found: [['/memfd:x', 1, 'r-xs /memfd:x']] },
    nothing(of(mapping('rw-s', '/memfd:x', { deleted: true }))),
  ],
  'writable-code': [
    {
      facts: of(mapping('rwxp')),
      found: [['anonymous memory of PID 1', 1, '0x1000-0x2000 rwxp anonymous memory']],
    },
    { facts: of(mapping('-wxp', '/x')), found: [['/x', 1, '-wxp /x']] },
    {
      facts: of(mapping('rwxp', undefined, { offset: '0x0' })),
      found: [['a file that could not be read of PID 1', 1, '0x1000-0x2000 rwxp a file that could not']],
    },
    nothing(of(mapping('rw-p'))),
    nothing(of(mapping('r-xp'))),
  ],
  'anonymous-code': [
    ...[undefined, '[heap]', '[stack]', '[anon:jit]'].map((path) => ({
      facts: of(mapping('r-xp', path)),
      found: [[path ?? 'anonymous memory of PID 1', 1, 'r-xp'] as const],
    })),
    nothing(of(mapping('r-xp', '[vdso]'))),
    nothing(of(mapping('rwxp'))),
    // A file whose path could not be read.
    nothing(of(mapping('r-xp', undefined, { offset: '0x0' }))),
    nothing(of(mapping('r-xp', '/usr/lib/libc.so.6'))),
  ],
  'changed-library': [
    {
      facts: { processes: [mapping('r-xp', '/usr/lib/x.so')], changedPaths: new Set(['/usr/lib/x.so']) },
      found: [['/usr/lib/x.so', 1, 'r-xp /usr/lib/x.so']],
    },
    nothing({ processes: [mapping('r--p', '/usr/lib/x.so')], changedPaths: new Set(['/usr/lib/x.so']) }),
    nothing({ processes: [mapping('r-xp', '/usr/bin/app')], changedPaths: new Set(['/usr/bin/app']) }),
  ],
  'changed-login': [
    ...['/etc/passwd', '/etc/sudoers.d/x', '/etc/cron.d/x', '/root/.ssh/authorized_keys'].map((path) => ({
      facts: { changedPaths: new Set([path]) },
      found: [[path, undefined, path] as const],
    })),
    nothing({ changedPaths: new Set(['/etc/hosts', '/srv/passwd', '/etc/mtab']) }),
  ],
  'misleading-name': [
    {
      facts: of(
        process({ pid: 7, comm: 'kdevtmpfsi', exe: '/data/kinsing', args: ['/data/kinsing', '31337'] }),
      ),
      found: [['/data/kinsing', 7, 'PID 7 (kdevtmpfsi) is /data/kinsing, started as /data/kinsing']],
    },
    {
      facts: of(process({ comm: 'sshd', args: [] })),
      found: [['/usr/bin/app', 1, 'started without arguments']],
    },
    { facts: of(process({ comm: '' })), found: [['/usr/bin/app', 1, 'PID 1 is /usr/bin/app']] },
    nothing(of(process({ comm: '', state: 'unknown' }))),
    ...['constructor', '__proto__', 'toString'].map((name) => ({
      facts: of(process({ comm: 'sshd', exe: `/bin/${name}`, args: [name] })),
      found: [[`/bin/${name}`, 1, `started as ${name}`] as const],
    })),
    ...[
      { comm: 'a-very-long-nam', exe: '/bin/a-very-long-name-indeed' },
      { comm: 'bash', exe: '/bin/bash', args: ['-bash'] },
      { comm: 'sh', exe: '/bin/busybox', args: ['sh', '-c', 'sleep 1'] },
      { comm: 'sleep', exe: '/bin/busybox', args: ['/bin/sleep', '1'] },
      { comm: 'nginx', exe: '/usr/sbin/nginx', args: ['nginx: worker process'] },
      { comm: 'gunicorn: maste', exe: '/usr/bin/python3.13', args: ['gunicorn: master [app:app]'] },
      { comm: 'entrypoint.sh', exe: '/bin/dash', args: ['/bin/sh', '/entrypoint.sh'] },
      { comm: 'python3', exe: '/usr/bin/python3.13', args: ['python3', '/svc.py'] },
      { comm: 'größenprüfun', exe: '/opt/größenprüfung-dienst', args: [] },
      { comm: 'dienst-grüße\uFFFD', exe: '/opt/dienst-grüßeübersicht', args: [] },
      { comm: 'MainThread', exe: '/usr/local/bin/node', args: ['node', 'server.js'] },
      { comm: 'bundle', exe: '/usr/local/bin/ruby', args: ['puma 6.4.2 (tcp://0.0.0.0:3000) [app]'] },
      { comm: 'gone', exe: undefined, args: ['x'] },
      { comm: 'unknown', args: undefined },
    ].map((changes) => nothing(of(process(changes as Partial<ProcessDocument>)))),
  ],
  'kernel-thread-name': [
    ...['[kworker/0:1]', 'kworker/u8:2', 'kdevtmpfsi'].map((comm) => ({
      facts: of(process({ comm })),
      found: [['/usr/bin/app', 1, `calls itself ${comm}`] as const],
    })),
    { facts: of(process({ args: ['[migration/0]'] })), found: [['/usr/bin/app', 1, '[migration/0]']] },
    nothing(of(process({ comm: 'kubelet' }))),
    nothing(of(process({ args: ['[celeryd: worker@app:MainProcess]'] }))),
    nothing(of({ ...process({ comm: '[x]', state: 'zombie' }), exe: undefined as never })),
  ],
  'privileged-container': [
    {
      facts: { spec: spec({ privileged: true }) },
      found: [[undefined, undefined, 'all devices are allowed']],
    },
    nothing({ spec: spec() }),
  ],
  'host-namespaces': [
    {
      facts: { spec: spec({ namespaces: [{ type: 'mount' }, { type: 'ipc', path: '/proc/7/ns/ipc' }] }) },
      found: [
        ['pid', undefined, "it sees the node's processes"],
        ['network', undefined, "the node's network"],
      ],
    },
    nothing({ spec: spec() }),
    nothing({ spec: spec({ namespaces: [] }) }),
  ],
  'node-mount': [
    ...[
      '/',
      '/etc',
      '/etc/shadow',
      '/proc',
      '/var/run/docker.sock',
      '/run/containerd/containerd.sock',
      '/var/lib/kubelet',
      '/var/lib/kubelet/pki',
      '/var',
    ].map((source) => ({
      facts: { spec: bind(source, '/host') },
      found: [['/host', undefined, `${source} of the node is at /host, writable`] as const],
    })),
    { facts: { spec: bind('/', '/host', 'ro') }, found: [['/host', undefined, 'read-only']] },
    ...[
      '/var/lib/kubelet/pods/0253098f/etc-hosts',
      '/run/containerd/io.containerd.grpc.v1.cri/sandboxes/d753/shm',
      '/var/lib/containerd/io.containerd.grpc.v1.cri/sandboxes/d753/hostname',
      '/run/containers/storage/vfs-containers/cda5/userdata/resolv.conf',
      '/var/lib/ptest/volumes/cachevol/_data',
      '/var/lib/containers/storage/volumes/data/_data',
      '/var/log/pods',
      '/opt/app',
    ].map((source) => nothing({ spec: bind(source, '/x') })),
    nothing({
      spec: spec({ mounts: [{ destination: '/proc', source: 'proc', type: 'proc', options: [] }] }),
    }),
  ],
  'gained-capabilities': [
    {
      facts: {
        spec: spec(),
        processes: [
          process({
            capabilities: {
              effective: ['CAP_KILL', 'CAP_SYS_ADMIN'],
              permitted: [],
              inheritable: [],
              bounding: [],
              ambient: [],
            },
          }),
        ],
      },
      found: [['PID 1', 1, 'PID 1 (app): CAP_SYS_ADMIN']],
    },
    nothing({ spec: spec(), processes: [process()] }),
  ],
  'escaped-seccomp': [
    {
      facts: { spec: spec(), processes: [process({ seccomp: 'disabled' })] },
      found: [['PID 1', 1, 'has no filter']],
    },
    nothing({ spec: spec(), processes: [process({ seccomp: 'filter' }), process()] }),
    nothing({ spec: spec({ seccomp: false }), processes: [process({ seccomp: 'disabled' })] }),
  ],
  'extra-capabilities': [
    {
      facts: { spec: spec(), defaultCapabilities: ['CAP_KILL'] },
      found: [[undefined, undefined, 'CAP_CHOWN']],
    },
    nothing({ spec: spec(), defaultCapabilities: ['CAP_KILL', 'CAP_CHOWN'] }),
    nothing({ spec: spec() }),
    nothing({ spec: spec({ privileged: true }), defaultCapabilities: [] }),
  ],
  'other-user': [
    {
      facts: { spec: spec({ user: { uid: 1000, gid: 0, additionalGids: [] } }), processes: [process()] },
      found: [['UID 0', 1, 'runs as UID 0, the container as 1000']],
    },
    nothing({
      spec: spec({ user: { uid: 0, gid: 0, additionalGids: [] } }),
      processes: [process({ uid: 33 })],
    }),
    nothing({ spec: spec(), processes: [process({ uid: 33 })] }),
  ],
  'dropped-user': [
    {
      facts: {
        spec: spec({ user: { uid: 0, gid: 0, additionalGids: [] } }),
        processes: [process(), process({ pid: 2, uid: 33 })],
      },
      found: [['UID 33', 2, 'PID 2 (app) runs as UID 33']],
    },
    nothing({
      spec: spec({ user: { uid: 7, gid: 0, additionalGids: [] } }),
      processes: [process({ uid: 33 })],
    }),
  ],
  'switched-user': [
    {
      facts: of(process({ uid: 1000, euid: 0 })),
      found: [['PID 1', 1, 'belongs to 1000:0 and acts as 0:0']],
    },
    { facts: of(process({ egid: 4 })), found: [['PID 1', 1, 'acts as 0:4']] },
    nothing(of(process({ euid: 0, egid: 0 }))),
  ],
  'joined-process': [
    {
      facts: of(
        process({ env: ['A=1'] }),
        process({ pid: 40, args: ['sh', '-c', 'id'], env: ['A=1', 'TERM=xterm'] }),
      ),
      found: [
        ['PID 40', 40, 'runs sh -c id: its parent is no process of the container, with other values of TERM'],
      ],
    },
    {
      facts: of(process(), { ...process({ pid: 40, env: ['B=1'] }), args: [] }),
      found: [['PID 40', 40, 'PID 40 (app): its parent is no process of the container']],
    },
    nothing(of(process(), process({ pid: 2, ppid: 1 }))),
  ],
  'raw-socket': [
    ...['raw', 'raw6', 'packet'].map((protocol) => ({
      facts: of(socket({ protocol, type: 'raw' })),
      found: [['descriptor 5 of PID 1', 1, `descriptor 5 is a socket of the kind ${protocol}, raw`] as const],
    })),
    nothing(of(socket({ protocol: 'udp', type: 'dgram' }))),
  ],
  'undeclared-listener': [
    {
      facts: {
        spec: spec({ exposedPorts: ['80/tcp'] }),
        processes: [socket({ state: 'LISTEN', local: '0.0.0.0:31337', remote: '0.0.0.0:0' })],
      },
      found: [['31337/tcp', 1, 'descriptor 5 listens on 0.0.0.0:31337 (tcp)']],
    },
    {
      facts: {
        spec: spec({ exposedPorts: ['5353/tcp'] }),
        processes: [socket({ protocol: 'udp6', local: '[::]:5353', remote: '[::]:0' })],
      },
      found: [['5353/udp', 1, 'listens on [::]:5353 (udp6)']],
    },
    ...[
      { state: 'LISTEN', local: '[::]:80', protocol: 'tcp6' },
      { state: 'LISTEN', local: '127.0.0.1:9000' },
      { state: 'LISTEN', local: '[::1]:9000', protocol: 'tcp6' },
      { state: 'ESTABLISHED', local: '10.0.0.1:9000' },
      { protocol: 'udp', local: '0.0.0.0:40000' },
      { protocol: 'udp', local: '10.0.0.1:1024', remote: '10.0.0.2:53' },
      { protocol: 'unix', path: '/run/x' },
    ].map((changes) => nothing({ spec: spec({ exposedPorts: ['80/tcp'] }), processes: [socket(changes)] })),
    nothing({ spec: spec(), processes: [socket({ state: 'LISTEN', local: '0.0.0.0:31337' })] }),
  ],
  'outgoing-connection': [
    {
      facts: of(socket({ state: 'ESTABLISHED', local: '10.0.0.5:40000', remote: '203.0.113.7:443' })),
      found: [['203.0.113.7:443', 1, 'tcp 10.0.0.5:40000 to 203.0.113.7:443']],
    },
    nothing(of(socket({ state: 'ESTABLISHED', local: '127.0.0.1:7001', remote: '127.0.0.1:45934' }))),
    nothing(
      of(
        socket({ state: 'LISTEN', local: '0.0.0.0:80', remote: '0.0.0.0:0' }),
        socket({ state: 'ESTABLISHED', local: '10.0.0.5:80', remote: '10.0.0.9:5000' }),
      ),
    ),
    nothing(of(socket({ state: 'CLOSE_WAIT', local: '10.0.0.5:1', remote: '10.0.0.9:2' }))),
    // What could not be read may listen there; a zombie may not.
    nothing(of(socket({ state: 'ESTABLISHED', local: '10.0.0.5:80', remote: '10.0.0.9:5000' }), process())),
    {
      facts: of(
        socket({ state: 'ESTABLISHED', local: '10.0.0.5:80', remote: '10.0.0.9:5000' }),
        process({ pid: 2, state: 'zombie' }),
      ),
      found: [['10.0.0.9:5000', 1, 'tcp 10.0.0.5:80 to 10.0.0.9:5000']],
    },
  ],
  'deleted-open-file': [
    {
      facts: of(file({ path: '/tmp/deleted.bin', deleted: true, sizeBytes: 52 })),
      found: [['/tmp/deleted.bin', 1, 'descriptor 3 is /tmp/deleted.bin, 52 bytes']],
    },
    nothing(of(file({}))),
    nothing(of(file({ type: 'memfd', path: '/memfd:cfg', deleted: true }))),
    nothing(of(file({ path: '/proc/28/cmdline', deleted: true }))),
  ],
  'stopped-process': [
    { facts: of(process({ state: 'stopped' })), found: [['PID 1', 1, 'PID 1 (app) did not run']] },
    nothing(of(process({ state: 'zombie' }))),
  ],
  'preloaded-library': [
    {
      facts: of(process({ env: ['A=1', 'LD_PRELOAD=/tmp/x.so'] })),
      found: [['/tmp/x.so', 1, 'has LD_PRELOAD=/tmp/x.so']],
    },
    {
      facts: { changedPaths: new Set(['/etc/ld.so.preload']) },
      found: [['/etc/ld.so.preload', undefined, 'was added or modified']],
    },
    nothing(of(process({ env: ['LD_PRELOAD=', 'NOT_LD_PRELOAD=x'] }))),
  ],
  'library-path': [
    {
      facts: of(process({ env: ['LD_LIBRARY_PATH=/opt/lib'] })),
      found: [['/opt/lib', 1, 'LD_LIBRARY_PATH=/opt/lib']],
    },
    nothing(of(process({ env: ['LD_LIBRARY_PATH='] }))),
  ],
  'service-account-token': [
    {
      facts: { spec: bind('/x', '/var/run/secrets/kubernetes.io/serviceaccount', 'ro') },
      found: [['/var/run/secrets/kubernetes.io/serviceaccount', undefined, 'a token lies at']],
    },
    nothing({ spec: bind('/x', '/var/run/secrets/other') }),
  ],
  'no-seccomp': [
    { facts: { spec: spec({ seccomp: false }) }, found: [[undefined, undefined, 'no seccomp profile']] },
    nothing({ spec: spec() }),
    nothing({ spec: spec({ seccomp: false, privileged: true }) }),
  ],
}

const find = (facts: Partial<Facts>) => findOddities({ processes: [], ...facts })

describe('the rules of findings', () => {
  it('each have cases here', () => {
    deepEqual(Object.keys(cases).sort(), rules.map(({ id }) => id).sort())
  })
  for (const { id } of rules) {
    it(`find ${id}, and take for ordinary what is`, () => {
      for (const { facts, found } of cases[id] ?? []) {
        const findings = find(facts).filter((finding) => finding.id === id)
        const told = JSON.stringify({ ...facts, changedPaths: [...(facts.changedPaths ?? [])] }).slice(0, 500)
        deepEqual(
          findings.map(({ place, pids }) => [place, pids]),
          found.map(([place, pid]) => [place, pid === undefined ? [] : [pid]]),
          told,
        )
        for (const [index, [, , evidence]] of found.entries()) {
          equal(
            findings[index]?.evidence.join('\n').includes(evidence),
            true,
            `${evidence} in ${findings[index]?.evidence}`,
          )
        }
      }
    })
  }
  it('find nothing in an ordinary process of an ordinary container', () => {
    deepEqual(find({ processes: [process()], spec: spec(), changedPaths: new Set(['/etc/hosts']) }), [])
  })
  it('are each explained in docs/findings.md, with the same severity, in the same order', () => {
    const docs = readFileSync(new URL('../../../../../docs/findings.md', import.meta.url), 'utf8')
    deepEqual(
      [...docs.matchAll(/^\| `([a-z-]+)` +\| (\w+) +\|/gm)].map(([, id, severity]) => [id, severity]),
      rules.map(({ id, severity }) => [id, severity]),
    )
  })
})

describe('findOddities', () => {
  it('tells the gravest first', () => {
    const findings = find({ processes: [process({ exe: '/tmp/.x', comm: 'y' }), file({ deleted: true })] })
    deepEqual(
      findings.map(({ id, severity }) => [severity, id]),
      [
        ['high', 'temporary-executable'],
        ['high', 'disguised-executable'],
        ['medium', 'misleading-name'],
        ['medium', 'joined-process'],
        ['low', 'deleted-open-file'],
      ],
    )
  })
  it('makes one finding of what many processes share, with the evidence of ten', () => {
    const shared = Array.from({ length: 64 }, (_, n) => ({ ...file({ deleted: true }), pid: n + 1, ppid: n }))
    const findings = find({ processes: shared })
    equal(findings.length, 1)
    equal(findings[0]?.pids.length, 64)
    equal(findings[0]?.evidence.length, 11)
    equal(findings[0]?.evidence.at(-1), 'and 54 more')
  })
  it('ends at a thousand findings of a kind', () => {
    const many = Array.from({ length: 5000 }, (_, n) => ({
      ...file({ deleted: true, path: `/tmp/${n}` }),
      pid: n + 1,
      ppid: n,
    }))
    equal(find({ processes: many }).length, 1000)
  })
  it('shortens what a process made long', () => {
    const [finding] = find({
      processes: [process({ comm: 'x'.repeat(10_000_000), state: 'stopped', args: ['x'] })],
    })
    equal((finding?.evidence[0]?.length ?? 0) < 1000, true)
    const [deleted] = find({ processes: [process({ exe: '/x'.repeat(5_000_000), exeDeleted: true })] })
    equal(deleted?.place?.length, 4096)
  })
  it('looks through long texts of any kind in a time that grows as they do', () => {
    for (const part of [' b', '/', '/ b', '.', '/.', '=', ':1', '[', '1', '\n', '\ud800']) {
      const text = part.repeat(300_000)
      for (const long of [text, `/${text}/x`, `/proc/${text}`, `[${text}]`, `/run/crio/${text}`]) {
        const mount = { destination: long, source: long, type: 'bind', options: [long] }
        const facts = {
          processes: [
            process({
              comm: long,
              exe: long,
              args: [long, long],
              env: [long],
              files: [{ fd: 0, type: 'file', path: long, deleted: true }],
              sockets: [{ fd: 0, protocol: long, state: 'ESTABLISHED', local: long, remote: long }],
            }),
            mapping('r-xp', long, { deleted: true }),
          ],
          spec: spec({ mounts: [mount] }),
          changedPaths: new Set([long]),
        }
        ok(find(facts).length > 0)
      }
    }
  })
})
