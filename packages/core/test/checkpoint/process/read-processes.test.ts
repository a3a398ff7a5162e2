import { deepEqual, equal, ok, rejects } from 'node:assert/strict'
import { type ByteSource, countingSource, openLocalFile } from '@kubectl-checkpoint/core/bytes'
import { type Archive, openArchive } from '@kubectl-checkpoint/core/checkpoint/archive'
import { readInventory, readProcesses } from '@kubectl-checkpoint/core/checkpoint/process'
import { fixture, fixtureJson, type Part, virtualSource } from '@kubectl-checkpoint/test-support'
import { type CraftedProcess, craftCheckpoint, paddingAddress } from '../craft-checkpoint.ts'

interface Truth {
  readonly processes: readonly {
    readonly pid: number
    readonly ppid: number
    readonly comm: string
    readonly threads: number
    readonly args: readonly string[]
    readonly exe: string
    readonly uid: string
  }[]
}

const truths = ['containerd-miner', 'containerd-svc', 'crio-miner', 'podman-counter'] as const
const gigabyte = 2 ** 30

const read = async (source: ByteSource) => readProcesses(await openArchive(source))
const readCrafted = (...processes: readonly CraftedProcess[]) =>
  read(virtualSource(craftCheckpoint(processes)))

/** An archive that knows which images were asked for. */
async function openRecording(parts: readonly Part[]): Promise<Archive & { readonly asked: string[] }> {
  const archive = await openArchive(virtualSource(parts))
  const asked: string[] = []
  const image = (name: string) => {
    asked.push(name)
    return archive.image(name)
  }
  return { ...archive, image, findImage: image, asked }
}

describe('readProcesses', () => {
  for (const name of truths) {
    it(`finds in ${name} what /proc said`, async () => {
      const truth = fixtureJson<Truth>(`truth/${name}.json`)
      await using file = await openLocalFile(fixture(name))
      const processes = await read(file)
      deepEqual(
        processes.map(({ pid, ppid, comm, threads, args, exe, credentials }) => ({
          pid,
          ppid,
          comm,
          threads: threads.length,
          args,
          exe,
          uid: String(credentials?.uid),
        })),
        truth.processes.map(({ pid, ppid, comm, threads, args, exe, uid }) => ({
          pid,
          ppid,
          comm,
          threads,
          args,
          exe,
          uid,
        })),
      )
    })
  }
  it('finds the processes of containerd-volumes', async () => {
    await using file = await openLocalFile(fixture('containerd-volumes'))
    deepEqual(
      (await read(file)).map(({ pid, ppid, comm, args, state }) => [pid, ppid, comm, args, state]),
      [
        [1, 0, 'kinsing', ['/data/kinsing', '31337', '2'], 'running'],
        [7, 1, 'kdevtmpfsi', ['/data/kinsing', '31337', '2'], 'running'],
      ],
    )
  })
  it('gives zombies a state, but no memory', async () => {
    const [, zombie] = await readCrafted({ pid: 1, ppid: 0 }, { pid: 2, ppid: 1, zombie: true })
    deepEqual(zombie, {
      pid: 2,
      ppid: 1,
      threads: [2],
      comm: 'comm-2',
      state: 'zombie',
    })
  })
  it('keeps empty arguments', async () => {
    const [process] = await readCrafted({ pid: 1, ppid: 0, args: ['sh', '', 'größe', ''] })
    deepEqual(process?.args, ['sh', '', 'größe', ''])
  })
  it('gives no arguments to a process that has none, without a look at its page map', async () => {
    const archive = await openRecording(craftCheckpoint([{ pid: 1, ppid: 0, args: [] }]))
    const [process] = await readProcesses(archive)
    deepEqual(process?.args, [])
    deepEqual(archive.asked, ['pstree', 'files', 'core-1', 'mm-1'])
  })
  it('gives no arguments that are not in the archive, or that no process can have', async () => {
    const ranges = [
      { start: 0x1000n, end: 0x1010n },
      { start: 0x7ffc_0000_0ff8n, end: 0x7ffc_0000_1008n },
      { start: 0x1010n, end: 0x1000n },
      { start: 0n, end: 2n ** 64n - 1n },
    ]
    const processes = await readCrafted(
      ...ranges.map((range, index) => ({ pid: index + 1, ppid: index, range })),
    )
    deepEqual(
      processes.map(({ args }) => args),
      ranges.map(() => undefined),
    )
  })
  it('gives no more arguments than 16 MiB in all', async () => {
    const length = 6 * 2 ** 20
    const range = { start: paddingAddress, end: paddingAddress + BigInt(length) }
    const processes = [1, 2, 3, 4].map((pid) => ({ pid, ppid: 0, padding: length / 4096, range }))
    deepEqual(
      (await readCrafted(...processes)).map(({ args }) => args?.length),
      [length, length, undefined, undefined],
    )
  })
  it('refuses a list that makes no tree before it reads any other image', async () => {
    const listed = Array.from({ length: 50_000 }, () => ({ pid: 1, ppid: 0 }))
    const archive = await openRecording(craftCheckpoint([{ pid: 1, ppid: 0 }], listed))
    await rejects(readProcesses(archive), { code: 'BAD_PROCESS_TREE' })
    deepEqual(archive.asked, ['pstree'])
  })
  it('says which image is missing', async () => {
    const parts = craftCheckpoint([{ pid: 1, ppid: 0 }])
    const archive = await openArchive(virtualSource(parts))
    const lacking = {
      ...archive,
      image: (name: string) => archive.image(name === 'core-1' ? 'core-99' : name),
    }
    await rejects(readProcesses(lacking), { code: 'ENTRY_MISSING', message: /checkpoint\/core-99\.img/ })
  })

  it('opens a 1 GB archive and lists its processes within 20 reads and 2 % of its bytes', async () => {
    const padding = gigabyte / 4 / 4096
    const processes = [1, 2, 3, 4].map((pid) => ({ pid, ppid: pid - 1, padding, args: ['app', `${pid}`] }))
    const counted = countingSource(virtualSource(craftCheckpoint(processes)))
    ok(counted.size > gigabyte)
    deepEqual(
      (await read(counted)).map(({ args }) => args),
      processes.map(({ args }) => args),
    )
    ok(counted.reads <= 20, `${counted.reads} reads`)
    ok(counted.bytesRead <= counted.size * 0.02, `${counted.bytesRead} bytes`)
  })
  it('costs one small read for each of many processes', async () => {
    const processes = Array.from({ length: 200 }, (_, index) => ({
      pid: index + 1,
      ppid: index,
      padding: 100,
    }))
    const counted = countingSource(virtualSource(craftCheckpoint(processes)))
    const archive = await openArchive(counted)
    const { reads, bytesRead } = counted
    equal((await readProcesses(archive)).length, 200)
    ok(counted.reads - reads <= 200 + 10, `${counted.reads - reads} reads`)
    ok(counted.bytesRead - bytesRead <= 3 * 2 ** 20, `${counted.bytesRead - bytesRead} bytes`)
  })
})

describe('readInventory', () => {
  it('reads what CRIU says of the dump', async () => {
    await using file = await openLocalFile(fixture('crio-miner'))
    deepEqual(await readInventory(await openArchive(file)), {
      imageVersion: 2,
      securityModule: 'none',
    })
  })
})
