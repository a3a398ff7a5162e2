import { deepEqual, equal, ok, rejects } from 'node:assert/strict'
import { join } from 'node:path'
import {
  type ByteSource,
  countingSource,
  memorySource,
  openLocalFile,
  readLocalFolder,
} from '@kubectl-checkpoint/core/bytes'
import {
  type Archive,
  openArchive,
  openArchiveFolder,
  type UnreadablePart,
} from '@kubectl-checkpoint/core/checkpoint/archive'
import { readInventory, readProcesses } from '@kubectl-checkpoint/core/checkpoint/process'
import type { ProcessDocument } from '@kubectl-checkpoint/core/documents'
import {
  fixture,
  type ImageSetName,
  imageSet,
  type Part,
  virtualSource,
} from '@kubectl-checkpoint/test-support'
import { file_lock_entry } from '../../../src/formats/criu/messages/file-locks.ts'
import { mm_entry } from '../../../src/formats/criu/messages/memory.ts'
import { pagemap_entry, pagemap_head } from '../../../src/formats/criu/messages/page-map.ts'
import { core_entry, pstree_entry } from '../../../src/formats/criu/messages/process.ts'
import { seccomp_entry } from '../../../src/formats/criu/messages/security.ts'
import { craftImage, craftMessage } from '../../formats/criu/craft-image.ts'
import { type CraftedProcess, craftCheckpoint, paddingAddress } from '../craft-checkpoint.ts'

// What real processes were is in test/truth; these are of what an archive lacks, and of what a crafted one may do.

const gigabyte = 2 ** 30

interface Told {
  readonly processes: readonly ProcessDocument[]
  readonly unreadable: readonly UnreadablePart[]
}

async function tell(archive: Archive): Promise<Told> {
  const unreadable: UnreadablePart[] = []
  const processes = await readProcesses(archive, (part) => unreadable.push(part))
  return { processes, unreadable }
}

const read = async (source: ByteSource) => tell(await openArchive(source))
const readCrafted = (...processes: readonly CraftedProcess[]) =>
  read(virtualSource(craftCheckpoint(processes)))
const readSet = async (name: ImageSetName) =>
  (await tell(await openArchiveFolder(await readLocalFolder(imageSet(name))))).processes

/** An archive that knows which images were asked for, and may lack some, or hold others in their place. */
async function openChanged(
  parts: readonly Part[],
  change: Readonly<Record<string, Uint8Array | undefined>> = {},
): Promise<Archive & { readonly asked: string[] }> {
  const archive = await openArchive(virtualSource(parts))
  const asked: string[] = []
  const find = (name: string) => {
    const bytes = change[name]
    if (bytes) return memorySource(bytes, `${name}.img`)
    return name in change ? undefined : archive.findImage(name)
  }
  return {
    ...archive,
    asked,
    findImage: find,
    image(name) {
      asked.push(name)
      return find(name) ?? archive.image('missing')
    },
  }
}

const codes = ({ unreadable }: Told) => unreadable.map(({ entry, code }) => [entry, code])

describe('readProcesses', () => {
  it('gives zombies a state and an exit code, but no memory', async () => {
    const { processes, unreadable } = await readCrafted(
      { pid: 1, ppid: 0 },
      { pid: 2, ppid: 1, zombie: true },
    )
    deepEqual(processes[1], {
      pid: 2,
      ppid: 1,
      pgid: 1,
      sid: 1,
      comm: 'comm-2',
      state: 'zombie',
      architecture: 'aarch64',
      exitCode: 1,
      threads: [{ tid: 2 }],
    })
    deepEqual(unreadable, [])
  })

  it('tells of a process whose images are missing or broken what is known, and of others all', async () => {
    const parts = craftCheckpoint([1, 2, 3].map((pid) => ({ pid, ppid: pid - 1 })))
    const archive = await openChanged(parts, {
      'core-1': undefined,
      'mm-2': Buffer.from('no image at all'),
      'fdinfo-2': Buffer.alloc(3),
    })
    const told = await tell(archive)
    deepEqual(codes(told), [
      ['core-1.img', 'ENTRY_MISSING'],
      ['fdinfo-2.img', 'IMAGE_TRUNCATED'],
      ['mm-2.img', 'BAD_MAGIC'],
    ])
    deepEqual(
      told.processes.map(({ pid, comm, state, exe, args, cwd }) => [pid, comm, state, exe, args, cwd]),
      [
        [1, '', 'unknown', '/bin/app', ['app'], '/'],
        [2, 'comm-2', 'running', undefined, undefined, '/'],
        [3, 'comm-3', 'running', '/bin/app', ['app'], '/'],
      ],
    )
  })

  it('tells the mappings of a process whose pages are cut short', async () => {
    const archive = await openChanged(craftCheckpoint([{ pid: 1, ppid: 0, mappingCount: 1 }]))
    const told = await tell({ ...archive, findPages: () => memorySource(new Uint8Array(5)) })
    deepEqual(codes(told), [['pagemap-1.img', 'PAGES_MISMATCH']])
    equal(told.processes[0]?.memory?.mappings?.length, 1)
    equal(told.processes[0]?.args, undefined)
  })

  it('reports a list that makes no tree before it reads any other image', async () => {
    const listed = Array.from({ length: 50_000 }, () => ({ pid: 1, ppid: 0 }))
    const archive = await openChanged(craftCheckpoint([{ pid: 1, ppid: 0 }], listed))
    const told = await tell(archive)
    deepEqual([told.processes, codes(told)], [[], [['pstree.img', 'BAD_PROCESS_TREE']]])
    deepEqual(archive.asked, ['pstree'])
  })

  it('finds no processes in a dump of memory alone, and nothing wrong with it', async () => {
    const folder = join(imageSet('memory'), 'first')
    const told = await tell(await openArchiveFolder(await readLocalFolder(folder)))
    deepEqual(told, { processes: [], unreadable: [] })
  })

  it('knows no descriptors of files that are not there', async () => {
    const archive = await openChanged(
      craftCheckpoint([{ pid: 1, ppid: 0 }], undefined, { descriptorCount: 1 }),
      {
        files: undefined,
      },
    )
    const { processes } = await tell(archive)
    deepEqual(
      processes[0]?.files?.map(({ fd, type, path }) => [fd, type, path]),
      [[0, 'unknown', 'unknown']],
    )
    equal(processes[0]?.exe, undefined)
  })

  it('reads a table of descriptors once for all that share it', async () => {
    const parts = craftCheckpoint(
      [1, 2, 3].map((pid) => ({ pid, ppid: pid - 1 })),
      undefined,
      { descriptorCount: 10 },
    )
    const archive = await openChanged(parts)
    const { processes } = await tell(archive)
    equal(archive.asked.filter((name) => name === 'fdinfo-2').length, 1)
    equal(processes[0]?.files, processes[2]?.files)
  })

  it('tells of a million descriptors in all, and reports that there are more', async () => {
    const parts = craftCheckpoint(
      Array.from({ length: 60 }, (_, index) => ({ pid: index + 1, ppid: index })),
      undefined,
      { descriptorCount: 20_000 },
    )
    const told = await read(virtualSource(parts))
    deepEqual(codes(told), [['fdinfo-2.img', 'IMAGE_TOO_LARGE']])
    equal(told.processes.filter(({ files }) => files).length, 52)
  })

  it('tells of 100,000 mappings', async () => {
    const { processes, unreadable } = await readCrafted({ pid: 1, ppid: 0, mappingCount: 100_000 })
    deepEqual(unreadable, [])
    equal(processes[0]?.memory?.mappings?.length, 100_000)
    equal(processes[0]?.memory?.mappedBytes, 100_000 * 4096)
  })

  it('keeps numbers of bytes whole and countable, whatever mappings say', async () => {
    const parts = craftCheckpoint([{ pid: 1, ppid: 0 }])
    const vma = (start: bigint, end: bigint) => ({ start, end, status: 0x201 })
    const archive = await openChanged(parts, {
      'mm-1': craftImage(0x57492820, [
        craftMessage(mm_entry, {
          vmas: [vma(0x2000n, 0x1000n), vma(0n, 2n ** 64n - 1n), vma(0n, 2n ** 64n - 1n)],
        }),
      ]),
      'pagemap-1': craftImage(0x56084025, [
        craftMessage(pagemap_head, { pages_id: 99 }),
        craftMessage(pagemap_entry, { vaddr: 0n, nr_pages: 2n ** 51n, flags: 1 }),
      ]),
    })
    const { processes } = await tell(archive)
    const { mappings, ...sums } = processes[0]?.memory ?? {}
    deepEqual(sums, {
      mappedBytes: Number.MAX_SAFE_INTEGER,
      presentBytes: 0,
      parentBytes: Number.MAX_SAFE_INTEGER,
    })
    deepEqual(
      mappings?.map(({ parentBytes }) => parentBytes),
      [Number.MAX_SAFE_INTEGER, Number.MAX_SAFE_INTEGER],
    )
  })

  it('keeps the bytes of locks countable, and leaves out locks that are broken', async () => {
    const parts = craftCheckpoint([{ pid: 1, ppid: 0 }])
    const lock = (start: bigint, len: bigint) =>
      craftMessage(file_lock_entry, { flag: 1, type: 1, pid: 1, fd: 3, start, len })
    const image = craftImage(0x54323616, [lock(-1n, 2n ** 63n - 1n), lock(2n ** 62n, -1n)])
    const told = await tell(await openChanged(parts, { filelocks: image }))
    deepEqual(told.processes[0]?.locks, [
      { fd: 3, kind: 'posix', access: 'write', start: 0, lengthBytes: Number.MAX_SAFE_INTEGER },
      { fd: 3, kind: 'posix', access: 'write', start: Number.MAX_SAFE_INTEGER, lengthBytes: 0 },
    ])
    const broken = { filelocks: image.subarray(0, -1), 'tty-data': Buffer.alloc(9) }
    const rest = await tell(await openChanged(parts, broken))
    deepEqual(codes(rest), [
      ['tty-data.img', 'BAD_MAGIC'],
      ['filelocks.img', 'IMAGE_TRUNCATED'],
    ])
    equal(rest.processes[0]?.locks, undefined)
  })

  describe('of filters of system calls', () => {
    const core = (comm: string, filter?: number) =>
      craftImage(0x55053847, [
        craftMessage(core_entry, {
          mtype: 1,
          tc: { task_state: 1, comm },
          thread_core: filter === undefined ? {} : { seccomp_mode: 2, seccomp_filter: filter },
        }),
      ])
    const program = (instructionCount: number, prev?: number) => ({
      filter: Buffer.alloc(instructionCount * 8),
      ...(prev !== undefined && { prev }),
    })
    const readFiltered = async (
      cores: Readonly<Record<string, Uint8Array>>,
      filters: readonly ReturnType<typeof program>[] | undefined,
    ) => {
      const parts = craftCheckpoint([1, 2].map((pid) => ({ pid, ppid: pid - 1 })))
      const pstree = [
        { pid: 1, ppid: 0, threads: [1, 5] },
        { pid: 2, ppid: 1, threads: [2] },
      ].map((entry) => craftMessage(pstree_entry, entry))
      const archive = await openChanged(parts, {
        pstree: craftImage(0x50273030, pstree),
        ...cores,
        seccomp:
          filters && craftImage(0x64413049, [craftMessage(seccomp_entry, { seccomp_filters: filters })]),
      })
      return { ...(await tell(archive)), asked: archive.asked }
    }
    const lengths = (list: ProcessDocument['seccompFilters']) => list?.map(({ instructions }) => instructions)

    it('tells those of threads that have their own', async () => {
      const cores = { 'core-1': core('a', 1), 'core-5': core('b', 2), 'core-2': core('c') }
      const { processes, unreadable } = await readFiltered(cores, [program(1), program(2, 0), program(3, 1)])
      deepEqual(unreadable, [])
      deepEqual(
        processes.map(({ seccompFilters, threads }) => [
          lengths(seccompFilters),
          threads.map((thread) => lengths(thread.seccompFilters)),
        ]),
        [
          [
            [2, 1],
            [undefined, [3, 2, 1]],
          ],
          [undefined, [undefined]],
        ],
      )
    })

    it('looks for none where no thread has any', async () => {
      const cores = { 'core-1': core('a'), 'core-5': core('b'), 'core-2': core('c') }
      const { asked, unreadable } = await readFiltered(cores, undefined)
      deepEqual([asked.includes('seccomp'), unreadable], [false, []])
    })

    it('reports once that there are none', async () => {
      const cores = { 'core-1': core('a', 0), 'core-5': core('b', 0), 'core-2': core('c', 0) }
      const told = await readFiltered(cores, undefined)
      deepEqual(codes(told), [['seccomp.img', 'ENTRY_MISSING']])
      deepEqual(
        told.processes.map(({ seccomp, seccompFilters }) => [seccomp, seccompFilters]),
        [
          ['filter', undefined],
          ['filter', undefined],
        ],
      )
    })

    it('reports those that follow each other in a circle, or are not there, and tells all others', async () => {
      const cores = { 'core-1': core('a', 0), 'core-5': core('b', 7), 'core-2': core('c', 2) }
      const told = await readFiltered(cores, [program(1, 1), program(2, 0), program(3)])
      deepEqual(codes(told), [
        ['seccomp.img', 'BAD_MESSAGE'],
        ['seccomp.img', 'BAD_MESSAGE'],
      ])
      deepEqual(
        told.processes.map(({ seccompFilters }) => lengths(seccompFilters)),
        [undefined, [3]],
      )
    })

    it('tells of a million in all, and reports that there are more', async () => {
      const last = 600_000
      const cores = { 'core-1': core('a', last), 'core-5': core('b', last), 'core-2': core('c', 0) }
      const filters = Array.from({ length: last + 1 }, (_, index) =>
        program(0, index === 0 ? undefined : index - 1),
      )
      const told = await readFiltered(cores, filters)
      deepEqual(codes(told), [['seccomp.img', 'IMAGE_TOO_LARGE']])
      deepEqual(
        told.processes.map(({ seccompFilters }) => seccompFilters?.length),
        [last + 1, 1],
      )
    })
  })

  it('keeps empty arguments', async () => {
    const { processes } = await readCrafted({ pid: 1, ppid: 0, args: ['sh', '', 'größe', ''] })
    deepEqual(processes[0]?.args, ['sh', '', 'größe', ''])
  })

  it('gives no arguments that are not in the archive, or that no process can have', async () => {
    const ranges = [
      { start: 0x1000n, end: 0x1010n },
      { start: 0x7ffc_0000_0ff8n, end: 0x7ffc_0000_1008n },
      { start: 0x1010n, end: 0x1000n },
      { start: 0n, end: 2n ** 64n - 1n },
    ]
    const { processes } = await readCrafted(
      ...ranges.map((range, index) => ({ pid: index + 1, ppid: index, range })),
    )
    deepEqual(
      processes.map(({ args }) => args),
      ranges.map(() => undefined),
    )
  })

  it('gives no more arguments than 6 MiB of one process and 32 MiB in all, and reports what it leaves out', async () => {
    const length = 6 * 2 ** 20
    const range = { start: paddingAddress, end: paddingAddress + BigInt(length) }
    const large = [1, 2, 3, 4, 5, 6].map((pid) => ({ pid, ppid: 0, padding: length / 4096, range }))
    const tooLarge = { pid: 7, ppid: 0, range: { ...range, end: range.end + 1n } }
    const told = await readCrafted(...large, tooLarge, { pid: 8, ppid: 0, args: ['evil'] })
    deepEqual(
      told.processes.map(({ args }) => args?.length),
      [length, length, length, length, length, undefined, undefined, 1],
    )
    deepEqual(codes(told), [
      ['mm-6.img', 'IMAGE_TOO_LARGE'],
      ['mm-7.img', 'IMAGE_TOO_LARGE'],
    ])
  })

  it('lets a cut connection through', async () => {
    const archive = await openChanged(craftCheckpoint([{ pid: 1, ppid: 0 }]))
    const cut = new Error('the connection was cut')
    const image = (name: string) => ({ ...archive.image(name), read: () => Promise.reject(cut) })
    await rejects(tell({ ...archive, image }), (error) => error === cut)
  })

  it('opens a 1 GB archive and lists its processes within 20 reads and 2 % of its bytes', async () => {
    const padding = gigabyte / 4 / 4096
    const crafted = [1, 2, 3, 4].map((pid) => ({ pid, ppid: pid - 1, padding, args: ['app', `${pid}`] }))
    const counted = countingSource(virtualSource(craftCheckpoint(crafted)))
    ok(counted.size > gigabyte)
    deepEqual(
      (await read(counted)).processes.map(({ args }) => args),
      crafted.map(({ args }) => args),
    )
    ok(counted.reads <= 20, `${counted.reads} reads`)
    ok(counted.bytesRead <= counted.size * 0.02, `${counted.bytesRead} bytes`)
  })

  it('reads the arguments of many processes together, where they lie close together', async () => {
    const crafted = Array.from({ length: 200 }, (_, index) => ({ pid: index + 1, ppid: index, padding: 3 }))
    const counted = countingSource(virtualSource(craftCheckpoint(crafted)))
    const archive = await openArchive(counted)
    await archive.prefetchImages((name) => !name.startsWith('pages-'))
    const { reads, bytesRead } = counted
    const { processes } = await tell(archive)
    deepEqual(
      processes.map(({ args }) => args),
      crafted.map(() => ['app']),
    )
    ok(counted.reads - reads <= 6, `${counted.reads - reads} reads`)
    ok(counted.bytesRead - bytesRead <= 4 * 2 ** 20, `${counted.bytesRead - bytesRead} bytes`)
  })

  describe('of real images', () => {
    let processes: readonly ProcessDocument[]
    const process = (pid: number) => processes.find((each) => each.pid === pid)
    const thread = (comm: string) =>
      processes.flatMap(({ threads }) => threads).find((each) => each.comm === comm)
    /** The one whose program did this, PIDs being other ones in each making of the set. */
    const those = (test: (process: ProcessDocument) => unknown) => processes.filter(test)
    before(async () => {
      processes = await readSet('processes')
    })

    it('tells how zombies ended', () => {
      deepEqual(
        those(({ state }) => state === 'zombie').map(({ exitCode }) => exitCode),
        [3, 137],
      )
    })
    it('tells what processes gave up', () => {
      const [first] = processes
      deepEqual([first?.seccomp, first?.noNewPrivileges], ['disabled', false])
      equal(first?.capabilities?.effective.includes('CAP_SYS_ADMIN'), true)
      const [dropped] = those(({ groups }) => groups?.includes(2001))
      deepEqual(dropped?.capabilities?.effective, ['CAP_NET_BIND_SERVICE'])
      equal(dropped?.noNewPrivileges, true)
      equal(dropped?.capabilities?.bounding.length, (first?.capabilities?.bounding.length ?? 0) - 1)
      deepEqual(
        those(({ seccomp }) => seccomp === 'filter' || seccomp === 'strict').map(({ seccomp }) => seccomp),
        ['filter', 'strict'],
      )
    })
    it('tells of filters of system calls as they were added', () => {
      const [filtered] = those(({ seccomp }) => seccomp === 'filter')
      deepEqual(filtered?.seccompFilters, [
        { instructions: 4 },
        { instructions: 1, flags: ['SECCOMP_FILTER_FLAG_LOG'] },
      ])
      equal(filtered?.threads[0]?.seccompFilters, undefined)
      deepEqual(those(({ seccompFilters }) => seccompFilters).length, 1)
    })
    it('knows that threads are filtered as the first one, of which alone CRIU writes it', async () => {
      await using file = await openLocalFile(fixture('podman-svc-tcp'))
      const [filtered] = (await tell(await openArchive(file))).processes
      deepEqual(
        filtered?.threads.map(({ seccomp, seccompFilters }) => [seccomp, seccompFilters]),
        Array.from({ length: 4 }, () => ['filter', undefined]),
      )
    })
    it('tells of signals that wait', () => {
      const [signalled] = those(({ pendingSignals }) => pendingSignals)
      deepEqual(signalled?.pendingSignals, ['SIGRTMIN', 'SIGRTMIN', 'SIGRTMIN', 'SIGUSR1'])
      deepEqual(signalled?.threads[0]?.pendingSignals, ['SIGUSR2'])
    })
    it('tells of timers', () => {
      const [armed] = those(({ timers }) => timers)
      deepEqual(
        armed?.timers?.map((timer) => timer.replace(/in \d+\.\d+ s/, 'in … s')),
        [
          'real in … s every 60 s',
          'virtual in … s every 60 s',
          'profiling in … s every 60 s',
          'CLOCK_REALTIME in … s every 0.0000005 s SIGRTMIN+5',
          'CLOCK_MONOTONIC in … s every 0.0000005 s',
          'CLOCK_BOOTTIME in … s every 0.0000005 s SIGUSR1',
        ],
      )
    })
    it('tells of limits', () => {
      const limitsOf = (each: ProcessDocument | undefined) =>
        each?.limits?.filter(({ name }) => name === 'RLIMIT_NOFILE' || name === 'RLIMIT_CORE')
      const [limited] = those(({ limits }) => limits?.some(({ soft }) => soft === '64'))
      deepEqual(limitsOf(limited), [
        { name: 'RLIMIT_CORE', soft: '0', hard: '0' },
        { name: 'RLIMIT_NOFILE', soft: '64', hard: '128' },
      ])
      equal(process(1)?.limits?.find(({ name }) => name === 'RLIMIT_CORE')?.hard, 'unlimited')
    })
    it('tells of threads', () => {
      equal(thread('realtime')?.scheduler, 'fifo 10')
      equal(thread('batch')?.scheduler, 'batch nice 5')
      deepEqual(thread('signalled')?.blockedSignals, ['SIGUSR1'])
      ok(/^0x[0-9a-f]+$/.test(thread('batch')?.registers?.ip ?? ''))
    })
    it('tells what is particular to descriptors', async () => {
      const [first] = await readSet('descriptors')
      const detailsOf = (type: string) =>
        first?.files?.filter((file) => file.type === type).map(({ details }) => details)
      deepEqual(detailsOf('eventfd'), [{ counter: '7' }, { counter: '3' }])
      deepEqual(detailsOf('epoll')?.[1], {
        targets: [{ fd: 16, events: ['EPOLLIN', 'EPOLLERR', 'EPOLLHUP', 'EPOLLONESHOT'] }],
      })
      deepEqual(detailsOf('signalfd'), [{ signals: ['SIGTERM', 'SIGRTMIN+1'] }])
      deepEqual(
        detailsOf('timerfd')?.map((details) => details?.intervalNanoseconds),
        ['60000000005'],
      )
      deepEqual(detailsOf('memfd'), [
        { seals: ['F_SEAL_SHRINK', 'F_SEAL_GROW', 'F_SEAL_WRITE'] },
        { seals: ['F_SEAL_SEAL'] },
      ])
      deepEqual(detailsOf('pidfd')?.length, 1)
      ok(JSON.stringify(detailsOf('inotify')).includes('"path":"/etc/motd"'))
      ok(JSON.stringify(detailsOf('fanotify')).includes('CLOSE_WRITE'))
      deepEqual(
        first?.files
          ?.filter(({ queuedBytes }) => queuedBytes)
          .map(({ type, queuedBytes }) => [type, queuedBytes]),
        [
          ['pipe', 11],
          ['pipe', 11],
          ['fifo', 11],
          ['tty', 43],
          ['tty', 19],
        ],
      )
      const flagsOf = (flag: string) => first?.files?.find(({ flags }) => flags?.includes(flag))
      deepEqual(flagsOf('O_APPEND')?.flags, ['O_APPEND', 'O_CLOEXEC'])
      deepEqual([flagsOf('O_APPEND')?.access, flagsOf('O_PATH')?.access], ['w', undefined])
    })
    it('tells which files are locked', async () => {
      const [first] = await readSet('descriptors')
      deepEqual(
        first?.locks?.map(({ fd, ...lock }) => [first.files?.find((file) => file.fd === fd)?.path, lock]),
        [
          ['/var/flocked', { kind: 'flock', access: 'read', start: 0 }],
          ['/var/ranges', { kind: 'posix', access: 'write', start: 2, lengthBytes: 3 }],
          ['/var/own', { kind: 'open-file', access: 'read', start: 0, lengthBytes: 4 }],
          ['/var/leased', { kind: 'lease', access: 'read', start: 0 }],
        ],
      )
    })
    it('tells what waits in sockets, and how they are set', async () => {
      const sockets = (await readSet('sockets')).flatMap((each) => each.sockets ?? [])
      deepEqual(
        sockets
          .filter(({ receiveQueueBytes, sendQueueBytes }) => receiveQueueBytes || sendQueueBytes)
          .map(({ fd, protocol, receiveQueueBytes, sendQueueBytes }) => [
            fd,
            protocol,
            receiveQueueBytes,
            sendQueueBytes,
          ]),
        [
          [4, 'tcp', 15, 0],
          [5, 'tcp', 13, 0],
          [6, 'tcp', 0, 6144],
          [8, 'tcp', 2048, 0],
          [10, 'tcp', 10, 0],
          [13, 'tcp6', 9, 0],
          [20, 'unix', 13, undefined],
          [23, 'unix', 20, undefined],
          [24, 'unix', 12, undefined],
        ],
      )
      equal(sockets.find(({ fd }) => fd === 18)?.options?.SO_BINDTODEVICE, 'lo')
      deepEqual(
        sockets
          .filter(({ protocol }) => protocol === 'netlink' || protocol === 'packet')
          .map(({ protocol, type, local }) => [protocol, type, local]),
        [
          ['netlink', 'route', '1'],
          ['netlink', 'sock_diag', '0'],
          ['packet', 'raw', '0x0003:1'],
          ['packet', 'dgram', '0x0000:*'],
        ],
      )
    })
  })
})

describe('readInventory', () => {
  it('reads what CRIU says of the dump', async () => {
    const archive = await openArchiveFolder(await readLocalFolder(imageSet('processes')))
    const { imageVersion, securityModule } = await readInventory(archive)
    deepEqual([imageVersion, securityModule], [2, 'none'])
  })
})
