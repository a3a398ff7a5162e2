import assert from 'node:assert/strict'
import { fixtureText } from '@kubectl-checkpoint/test-support'
import { dumpRefusals } from '../../src/diagnosis/dump-refusals/index.ts'
import { explainCriuLog } from '../../src/diagnosis/index.ts'

/** One line for each entry of the catalogue, as CRIU 4.2.1 prints it. */
const samples: Record<string, string> = {
  'tcp-established':
    'Error (criu/sk-inet.c:200): inet: Connected TCP socket, consider using --tcp-established option.',
  'tcp-in-flight': 'Error (criu/sk-inet.c:185): inet: In-flight connection (l) for 1f3a2',
  mptcp: 'Error (criu/sk-inet.c:137): inet: Unsupported proto 262 for socket 1f3a2',
  'inet-protocol': 'Error (criu/sk-inet.c:137): inet: Unsupported proto 132 for socket 1f3a2',
  'udp-corked': "Error (criu/sk-inet.c:153): inet: Can't dump corked dgram socket 1f3a2",
  'socket-family': 'Error (criu/sockets.c:767): sockets: BUG! Unknown socket collected (family 40)',
  'unix-external':
    'Error (criu/sk-unix.c:874): unix: External socket is used. Consider using --ext-unix-sk option.',
  'unix-external-stream':
    "Error (criu/sk-unix.c:881): unix: Can't dump half of stream unix connection. name: (null); peer name: /run/d.sock",
  'unix-peer': 'Error (criu/sk-unix.c:418): unix: Unix socket 100270 without peer 100269',
  'netlink-data': 'Error (criu/sk-netlink.c:77): netlink: The socket has data to read',
  'file-locks':
    'Error (criu/file-lock.c:110): Some file locks are hold by dumping tasks! You can try --file-locks to dump them.',
  'nvidia-device': "Error (criu/files-ext.c:94): Can't dump file 12 of that type [20666] (chr 195:255)",
  'device-file': "Error (criu/files-ext.c:94): Can't dump file 7 of that type [20666] (chr 10:232)",
  'io-uring':
    "Error (criu/files-ext.c:94): Can't dump file 9 of that type [600] (anon anon_inode:[io_uring])",
  'anonymous-file':
    "Error (criu/files-ext.c:94): Can't dump file 9 of that type [600] (anon anon_inode:[userfaultfd])",
  'ghost-limit':
    "Error (criu/files-reg.c:1031): Can't dump ghost file /data/tmp of 8388608 size, increase limit",
  'link-remap':
    "Error (criu/files-reg.c:1122): Can't create link remap for /data/log. Use link-remap option.",
  'file-watch': "Error (criu/fsnotify.c:284): fsnotify: \tCan't dump that handle",
  'file-outside-mounts': "Error (criu/files-reg.c:1790): Can't lookup mount=42 for fd=3 path=/srv/data",
  'overmounted-file':
    'Error (criu/files-reg.c:1796): Open files on overmounted mounts are not supported yet; mount=42 fd=3 path=/srv/data',
  'mount-root': "Error (criu/mount.c:753): mnt: 598:./scratch doesn't have a proper root mount",
  'mount-filesystem': 'Error (criu/mount.c:724): mnt: FS mnt ./x dev 0x2f root / unsupported id 612',
  'fuse-mount': 'Error (criu/filesystems.c:552): ./mnt/s3 is a fuse mount but not external',
  traced: 'Error (compel/src/lib/infect.c:262): Unseizable non-zombie 4711 found, state t, err -1/10',
  'exec-session': 'Error (criu/cr-dump.c:1528): A session leader of 4711(23) is outside of its pid namespace',
  terminal: 'Error (criu/tty.c:1830): tty: Found dangling tty with sid 12 pgid 12 (pts) on peer fd 0.',
  'stopped-threads': 'Error (criu/seize.c:952): Individually stopped threads not supported',
  'pid-namespace': "Error (criu/namespaces.c:1117): Can't dump a pid namespace without the process init",
  'nested-namespace': "Error (criu/namespaces.c:460): Can't dump nested user namespace for 4711",
  'sysv-shm':
    "Error (criu/cr-dump.c:478): Task 4711 with SysVIPC shmem map @7f2a10000000 doesn't live in IPC ns",
  'device-mapping':
    "Error (criu/proc_parse.c:663): Can't handle non-regular mapping on 4711's map 7f2a10000000",
  uprobes: 'Error (criu/proc_parse.c:614): PID 4711 has uprobes vma. Consider using --allow-uprobes.',
  'disk-full': "Error (criu/image.c:845): Can't write img file: No space left on device",
  'freeze-timeout':
    'Error (criu/seize.c:635): Unable to freeze cgroup /sys/fs/cgroup/kubepods/x (100 x 100ms attempts, timeout: 10s)',
  'seccomp-suspend': 'Error (compel/src/lib/ptrace.c:27): suspending seccomp failed: Invalid argument',
  rseq: 'Error (criu/cr-dump.c:228): 4711 has rseq but kernel lacks get_rseq_conf feature',
}

const log = (...lines: string[]): string => lines.map((line) => `(00.012345) ${line}\n`).join('')

describe('explainCriuLog', () => {
  for (const { id, source } of dumpRefusals) {
    it(`explains ${id}`, () => {
      const sample = samples[id] ?? assert.fail(`no sample line for ${id}`)
      assert.ok(sample.startsWith(`Error (${source}:`), `${id}: the sample comes from ${source}`)
      const { causes, unexplained } = explainCriuLog(
        log('Dumping processes', sample, 'Error (criu/cr-dump.c:1975): Dumping FAILED.'),
      )
      assert.deepEqual(
        causes.map((cause) => cause.id),
        [id],
      )
      assert.deepEqual(unexplained, [])
    })
  }

  it('has no two entries of one id, and an entry for each sample', () => {
    assert.deepEqual(dumpRefusals.map(({ id }) => id).sort(), Object.keys(samples).sort())
  })

  it('reads a whole log: which connections there are, at which CRIU stopped, and what to set where', () => {
    const { causes, unexplained } = explainCriuLog(fixtureText('logs/criu-dump-tcp-established.log'))
    const [cause] = causes
    assert.equal(causes.length, 1)
    assert.equal(cause?.id, 'tcp-established')
    assert.match(cause.meaning, /2 connected sockets.*127\.0\.0\.1:37578, 127\.0\.0\.1:7001\./)
    assert.match(cause.meaning, /CRIU stopped at 127\.0\.0\.1:37578/)
    assert.match(cause.hint, /other end is still there/)
    assert.equal(cause.fix?.nodeFile?.path, '/etc/criu/runc.conf')
    assert.equal(cause.fix.nodeFile.content, 'tcp-established\n')
    assert.deepEqual(unexplained, [], 'neither the harmless rlimit error nor the errors on the way out')
  })

  it('names the configuration file that the runtime passed to CRIU', () => {
    const { causes } = explainCriuLog(
      log('Would overwrite RPC settings with values from /etc/criu/crun.conf', samples['file-locks'] ?? ''),
    )
    assert.equal(causes[0]?.fix?.nodeFile?.path, '/etc/criu/crun.conf')
  })

  it('hands over lines that it does not know', () => {
    const line = 'Error (criu/new.c:7): the moon is in the wrong phase'
    const lines = [`(00.012345) ${line}`]
    assert.deepEqual(explainCriuLog(log(line)), { causes: [], unexplained: lines, lines })
  })

  it('counts lines of one kind as one cause, and kinds apart', () => {
    const [locks, disk] = [samples['file-locks'] ?? '', samples['disk-full'] ?? '']
    // A container makes CRIU log as much as it likes.
    const { causes, lines } = explainCriuLog(log(locks, disk) + log(locks).repeat(100_000))
    assert.deepEqual(
      causes.map(({ id }) => id),
      ['file-locks', 'disk-full'],
    )
    assert.equal(lines.length, 20)
  })

  it('reads lines of the parasite and of logs with process numbers', () => {
    const text = samples['netlink-data'] ?? ''
    for (const line of [`(00.1)   4711: ${text}`, `pie: 1: ${text}`, text]) {
      assert.equal(explainCriuLog(line).causes[0]?.id, 'netlink-data', line)
    }
  })

  it('knows other words for the same', () => {
    for (const [line, id] of [
      ['pie: 1: Error (criu/pie/parasite.c:588): send_fds failed (-22)', 'io-uring'],
      [
        'Error (criu/net.c:3009): net: Unable to dump more than one netns if the --emptyns is set',
        'nested-namespace',
      ],
    ] as const) {
      assert.equal(explainCriuLog(log(line)).causes[0]?.id, id)
    }
  })

  it('finds nothing in an empty log', () => {
    assert.deepEqual(explainCriuLog(''), { causes: [], unexplained: [], lines: [] })
  })
})
