import { once } from 'node:events'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { text } from 'node:stream/consumers'
import { readPeakMemory } from '@kubectl-checkpoint/test-support'
import {
  type FleetOptions,
  type Pod,
  type StandIn,
  startStandIn,
} from '@kubectl-checkpoint/test-support/stand-in'
import { type Outcome, start } from '../cli/run.ts'

/** `most` in `pnpm test:scale`, a tenth of it in `pnpm test`. */
export const scaled = (most: number): number => (process.env.FULL_SCALE ? most : most / 10)

export const mebibyte = 1024 * 1024

/** Reader pods there may be at a time: 32 that serve, and those that were removed, which take their nodes a second. */
export const mostPods = 256

interface Measured extends Outcome {
  /** Undefined where there is no /proc. */
  readonly peakBytes: number | undefined
}

/** A running command, whose own cost is measured apart from that of the cluster. */
interface Measurement {
  kill(signal: NodeJS.Signals): void
  readonly ended: Promise<Measured>
}

export interface LargeCluster {
  /** Of the test that runs. */
  readonly standIn: StandIn
  /** Absolute; a folder for the test. */
  readonly folder: string
  start(...args: readonly string[]): Measurement
  run(...args: readonly string[]): Promise<Measured>
}

const intervalMs = 20

/** A fleet of its own for each test of a suite; what commands on it cost is printed. */
export function useLargeCluster(fleet: FleetOptions): LargeCluster {
  let standIn: StandIn
  let folder: string
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'kubectl-checkpoint-scale-'))
    standIn = await startStandIn({ fleet })
    await standIn.writeKubeconfig(join(folder, 'kubeconfig'))
  })
  afterEach(async () => {
    await standIn.close()
    await rm(folder, { recursive: true })
  })
  const startHere = (...args: readonly string[]): Measurement => {
    const env = { KUBECONFIG: join(folder, 'kubeconfig'), XDG_DATA_HOME: folder, XDG_CONFIG_HOME: folder }
    const began = performance.now()
    const child = start(args, { env, cwd: folder })
    let peakBytes: number | undefined
    const timer = setInterval(() => {
      peakBytes = readPeakMemory(child.pid ?? 0) ?? peakBytes
    }, intervalMs)
    const finish = async (): Promise<Measured> => {
      try {
        const [stdout, stderr, [exitCode]] = await Promise.all([
          text(child.stdout),
          text(child.stderr),
          once(child, 'exit') as Promise<[number | null]>,
        ])
        report(args, performance.now() - began, peakBytes, standIn)
        return { stdout, stderr, exitCode, peakBytes }
      } finally {
        clearInterval(timer)
      }
    }
    return { kill: (signal) => void child.kill(signal), ended: finish() }
  }
  return {
    get standIn() {
      return standIn
    },
    get folder() {
      return folder
    },
    start: startHere,
    run: (...args) => startHere(...args).ended,
  }
}

function report(args: readonly string[], ms: number, peakBytes = 0, { load, requests }: StandIn): void {
  const numbers = [
    `${(ms / 1000).toFixed(1)} s`,
    `${Math.round(peakBytes / mebibyte)} MiB`,
    `${requests.length} requests`,
    `at most ${load.connections.peak} connections, ${load.execs.peak} execs and ${load.pods.peak} pods at a time`,
  ]
  console.log(`      ${args.slice(0, 4).join(' ')}: ${numbers.join(', ')}`)
}

/** The pods that a command made and never had removed. */
export function leftPods({ requests }: StandIn): string[] {
  const removed = new Set(
    requests
      .filter(({ method, body }) => method === 'DELETE' && (body as DeleteOptions).gracePeriodSeconds <= 1)
      .map(({ path }) => path),
  )
  return requests
    .filter(({ method, path }) => method === 'POST' && path.endsWith('/pods'))
    .map(({ path, body }) => `${path}/${(body as Pod).metadata.name}`)
    .filter((path) => !removed.has(path))
}

interface DeleteOptions {
  readonly gracePeriodSeconds: number
}
