import { mkdtemp, open, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { basename, join } from 'node:path'
import { checkpointFolder, type StandIn, startStandIn } from '@kubectl-checkpoint/test-support/stand-in'
import { archiveOfEntries, archiveOfProcesses, largeArchive } from './archives/archives.ts'
import { type Bench, rowOf } from './bench.ts'
import { runCommand } from './command.ts'
import { describeMs } from './format.ts'
import { ours } from './program.ts'

const archives = [
  { name: '2 GiB', make: largeArchive },
  { name: '500 processes', make: () => archiveOfProcesses(500) },
  { name: '20000 entries', make: () => archiveOfEntries(20_000) },
] as const

/** Archives on a node, through an API server and an exec connection of the stand-in on this machine. */
export const onNode: Bench = {
  title: 'On a node: what crosses the network',
  header: ['ARCHIVE', 'COMMAND', 'BYTES READ', 'SHARE', 'READS', 'OTHER REQUESTS', 'TIME'],
  async *rows() {
    for (const { name, make } of archives) {
      const path = await make()
      const folder = await mkdtemp(join(tmpdir(), 'kubectl-checkpoint-bench-'))
      await using standIn = await startStandIn()
      const kubeconfig = join(folder, 'kubeconfig')
      await standIn.writeKubeconfig(kubeconfig)
      standIn.disks['node-a'].write(`${checkpointFolder}/${basename(path)}`, await readWhole(path))
      for (const words of [[], ['--tree'], ['--all']]) {
        yield rowOf(async () => [
          name,
          ...(await measure(standIn, kubeconfig, `node-a:${basename(path)}`, words)),
        ])
      }
      await rm(folder, { recursive: true })
    }
  },
}

async function measure(
  standIn: StandIn,
  kubeconfig: string,
  archive: string,
  words: readonly string[],
): Promise<string[]> {
  const command = {
    ...ours('inspect', archive, ...words),
    env: { KUBECONFIG: kubeconfig, NO_PROXY: '127.0.0.1' },
  }
  const requestsBefore = standIn.requests.length
  const { stderr, milliseconds } = await runCommand(command)
  const [, read = '?', share = '?', reads = '?'] =
    /^read (.+) of .+ \((.+)\) in (\d+) reads$/m.exec(stderr) ?? []
  const requests = standIn.requests.length - requestsBefore
  return [command.name, read, share, reads, String(requests), describeMs(milliseconds)]
}

/** Of any size: `readFile` ends at 2 GiB. */
async function readWhole(path: string): Promise<Uint8Array> {
  await using file = await open(path)
  const { size } = await file.stat()
  const bytes = Buffer.allocUnsafe(size)
  const stepLength = 2 ** 30
  for (let at = 0; at < size; at += stepLength) {
    await file.read(bytes, at, Math.min(stepLength, size - at), at)
  }
  return bytes
}
