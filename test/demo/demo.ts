import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { text } from 'node:stream/consumers'
import { fileURLToPath } from 'node:url'
import { checkpointFolder, type StandIn, startStandIn } from '@kubectl-checkpoint/test-support/stand-in'

const command = fileURLToPath(
  new URL('../../packages/kubectl-checkpoint/dist/kubectl-checkpoint.mjs', import.meta.url),
)

interface Step {
  readonly title: string
  /** The words after `kubectl checkpoint`; they may name what an earlier step made. */
  readonly args: (standIn: StandIn) => readonly string[]
  readonly exitCode: number
  /** What stdout and stderr together must contain. */
  readonly says: readonly RegExp[]
}

/** The only archive that a demo has taken on a node. */
const archiveOn = (standIn: StandIn, node: 'node-a' | 'node-b'): string =>
  standIn.disks[node].names(checkpointFolder)[0] ?? ''

const steps: readonly Step[] = [
  {
    title: 'Checkpoint two running containers; the archives stay on their nodes',
    args: () => ['miner-a', 'svc'],
    exitCode: 0,
    says: [/miner-a/, /svc/],
  },
  {
    title: 'List the archives on all nodes',
    args: () => ['get'],
    exitCode: 0,
    says: [/miner-a/, /svc/],
  },
  {
    title:
      'Look inside one where it is, at a process that calls itself a kernel thread: little crosses the network',
    args: (standIn) => ['inspect', `node-a:${archiveOn(standIn, 'node-a')}`],
    exitCode: 0,
    says: [/kinsing/, /kdevtmpfsi/, /read .* of 4\.\d MiB/],
  },
  {
    title: 'Bring the newest archive of the other one here',
    args: () => ['fetch', 'svc', '--to', 'archives'],
    exitCode: 0,
    says: [/checkpoint-svc/],
  },
  {
    title: 'What would be deleted to keep only the newest of the namespace?',
    args: () => ['prune', '--keep', '1', '--per', 'namespace', '--dry-run'],
    exitCode: 0,
    says: [/checkpoint-/],
  },
  {
    title: "A container that can't be checkpointed: why not, and what to do about it",
    args: () => ['svc-tcp'],
    exitCode: 7,
    says: [/tcp-established/],
  },
]

async function run(step: Step, standIn: StandIn, folder: string): Promise<boolean> {
  const args = step.args(standIn)
  console.log(`\n# ${step.title}\n$ kubectl checkpoint ${args.join(' ')}\n`)
  // A proxy of this machine would not find the stand-in.
  const env = { ...process.env, KUBECONFIG: join(folder, 'kubeconfig'), NO_PROXY: '127.0.0.1' }
  const child = spawn(process.execPath, [command, ...args], {
    cwd: folder,
    env,
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  child.stdout.pipe(process.stdout)
  child.stderr.pipe(process.stderr)
  const exit = once(child, 'exit') as Promise<[number | null]>
  const said = (await Promise.all([text(child.stdout), text(child.stderr)])).join('')
  const [exitCode] = await exit
  const missing = step.says.filter((pattern) => !pattern.test(said))
  if (exitCode !== step.exitCode) console.error(`\nUnexpected: exit code ${exitCode}, not ${step.exitCode}`)
  if (missing.length > 0) console.error(`\nUnexpected: it does not say ${missing.join(', ')}`)
  return exitCode === step.exitCode && missing.length === 0
}

const folder = await mkdtemp(join(tmpdir(), 'kubectl-checkpoint-demo-'))
const standIn = await startStandIn()
try {
  await standIn.writeKubeconfig(join(folder, 'kubeconfig'))
  console.log(`No cluster is behind this: ${standIn.origin} is a stand-in on this machine. It answers as a real
API server and kubelet were recorded to answer, and its nodes serve archives of real containers, recorded too.
The command is the real one.`)
  for (const step of steps) {
    if (!(await run(step, standIn, folder))) process.exitCode = 1
  }
  if (process.argv.includes('--keep')) {
    // The shell's own Node.js may be too old for the command; the one that runs this isn't.
    console.log(`\nThe stand-in keeps running until Ctrl-C. In another terminal:\n
  export KUBECONFIG=${join(folder, 'kubeconfig')} NO_PROXY=127.0.0.1
  alias kubectl-checkpoint='${process.execPath} ${command}'
  kubectl-checkpoint deployment/web
  kubectl-checkpoint checkout --all-containers --to archives
  kubectl-checkpoint --help\n
Whichever container you take, the archive is one of those recorded, mostly that of shop/miner-a. The stand-in speaks as
much of the API as the command needs, so kubectl itself won't get far.`)
    await once(process, 'SIGINT')
  }
} finally {
  await standIn.close()
  await rm(folder, { recursive: true })
}
