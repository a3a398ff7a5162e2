import { mkdtemp, readdir, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setImmediate } from 'node:timers/promises'
import type { ActionEvent, Context, Notice, Phase, Run } from '@kubectl-checkpoint/core/actions'
import type { Clock } from '@kubectl-checkpoint/core/clock'
import { type Connection, openConnection } from '@kubectl-checkpoint/core/remote/cluster'
import { memoryCatalogue } from '@kubectl-checkpoint/test-support'
import {
  type LoggedRequest,
  type StandIn,
  type StandInOptions,
  startStandIn,
} from '@kubectl-checkpoint/test-support/stand-in'

/** A clock that goes on only where somebody sleeps, and then at once. */
interface ImmediateClock extends Clock {
  advance(ms: number): void
}

function immediateClock(start = '2026-11-23T12:00:00Z'): ImmediateClock {
  let now = Date.parse(start)
  return {
    now: () => now,
    async sleep(ms, signal) {
      signal?.throwIfAborted()
      now += ms
      await setImmediate()
      signal?.throwIfAborted()
    },
    advance(ms) {
      now += ms
    },
  }
}

/** A stand-in, a connection to it, and an empty local folder. */
export interface Workbench extends AsyncDisposable {
  readonly standIn: StandIn
  readonly connection: Connection
  context: Context
  /** Of this machine, the API server and the nodes. */
  readonly clock: ImmediateClock
  /** What the actions take as their signal. */
  readonly cancel: AbortController
  readonly folder: string
  localFiles(): Promise<string[]>
  checkpointCalls(): LoggedRequest[]
  /** Those that read nodes, and those that write on them. */
  readerPods(): LoggedRequest[]
  /** Of those, the ones that nobody has asked to be gone by now. */
  leftPods(): string[]
}

export async function openWorkbench(options: StandInOptions = {}): Promise<Workbench> {
  const clock = immediateClock()
  const standIn = await startStandIn({ now: () => new Date(clock.now()), ...options })
  const root = await mkdtemp(join(tmpdir(), 'actions-test-'))
  const kubeconfig = join(root, 'kubeconfig')
  await standIn.writeKubeconfig(kubeconfig)
  const connection = await openConnection({ kubeconfig, env: {}, homeDirectory: root })
  const folder = join(root, 'archives')
  return {
    standIn,
    connection,
    clock,
    cancel: new AbortController(),
    folder,
    context: {
      connect: async () => connection,
      clock,
      settings: async () => ({
        pods: { image: 'busybox', deadlineSeconds: 600 },
        findKubeletRoot: () => undefined,
      }),
      catalogue: memoryCatalogue(),
      registry: { env: {}, homeDirectory: '/nonexistent' },
      cacheFolder: join(root, 'cache'),
    },
    localFiles: () => readdir(folder).then((names) => names.sort()),
    checkpointCalls: () => standIn.requests.filter(({ path }) => path.includes('/checkpoint/')),
    readerPods: () =>
      standIn.requests.filter(({ method, path }) => method === 'POST' && path.endsWith('/pods')),
    leftPods: () =>
      standIn.store
        .list('pods')
        .filter(({ metadata }) => /^checkpoint-(reader|writer)-/.test(metadata.name))
        .filter(
          ({ metadata }) =>
            !('deletionGracePeriodSeconds' in metadata && metadata.deletionGracePeriodSeconds === 1),
        )
        .map(({ metadata }) => metadata.name),
    async [Symbol.asyncDispose]() {
      await connection[Symbol.asyncDispose]()
      await standIn.close()
      await rm(root, { recursive: true })
    },
  }
}

/** All events of a run, and its result. */
export async function finish<Result>(run: Run<ActionEvent, Result>) {
  const events = await Array.fromAsync(run)
  return {
    events,
    result: await run.result,
    notices: noticesOf(events),
    phases: (item: string): Phase[] =>
      events.flatMap((event) => (event.type === 'phase' && event.item === item ? event.phase : [])),
  }
}

const noticesOf = (events: readonly ActionEvent[]): Notice[] =>
  events.flatMap((event) => (event.type === 'notice' ? event.notice : []))
