import { deepEqual, equal, rejects } from 'node:assert/strict'
import { checkpointFolder } from '@kubectl-checkpoint/test-support/stand-in'
import { type WatchEvent, watchArchives } from '../../../src/actions/index.ts'
import { openWorkbench, type Workbench } from '../support/workbench.ts'

const nameOf = (owner: string) => `checkpoint-${owner}-2026-11-23T11:00:00Z.tar`
const miner = nameOf('miner-a_shop-cache')
const web = nameOf('web-0_shop-app')
const bytes = Buffer.alloc(2048, 'x')

describe('watchArchives', () => {
  let bench: Workbench
  beforeEach(async () => {
    bench = await openWorkbench()
    write('node-a', miner)
    bench.clock.advance(3_600_000)
  })
  afterEach(async () => {
    bench.cancel.abort(new Error('enough'))
    await bench[Symbol.asyncDispose]()
  })

  const write = (node: 'node-a' | 'node-b', name: string) =>
    bench.standIn.disks[node].write(`${checkpointFolder}/${name}`, bytes)

  /** Calls the next of `steps` at each event that isn't progress; after the last the watch is cancelled. */
  async function watch(...steps: readonly ((event: WatchEvent) => void)[]): Promise<string[]> {
    const run = watchArchives({ allNamespaces: true }, bench.context, { signal: bench.cancel.signal })
    const told: string[] = []
    for await (const event of run) {
      const words = describeEvent(event)
      if (words === undefined || bench.cancel.signal.aborted) continue
      told.push(words)
      steps[told.length - 1]?.(event)
      if (told.length > steps.length) bench.cancel.abort(new Error('enough'))
    }
    await rejects(run.result, /enough/)
    deepEqual(bench.leftPods(), [])
    return told
  }

  it('lists, then tells what comes, changes and goes', async () => {
    const told = await watch(
      () => write('node-b', web),
      () => bench.standIn.disks['node-a'].write(`${checkpointFolder}/${miner}.keep`, Buffer.from('')),
      () => bench.standIn.disks['node-a'].remove(`${checkpointFolder}/${miner}`),
    )
    // What was written this moment may still be growing.
    deepEqual(
      told.filter((words) => words !== `MODIFIED node-b:${web}`),
      [
        'listed 1',
        `ADDED node-b:${web}`,
        ...[`MODIFIED node-a:${miner} manual`, `DELETED node-a:${miner} manual`].slice(0, told.length - 2),
      ],
    )
  })

  it('keeps what it knows of a node that stops answering, and says once that it did', async () => {
    const { standIn } = bench
    const node = standIn.store.find('nodes', undefined, 'node-a')
    const setReady = (status: 'True' | 'Unknown') => {
      const conditions = [{ type: 'Ready', status, message: 'Kubelet stopped posting node status.' }]
      if (node) standIn.store.put('nodes', { ...node, status: { ...node.status, conditions } })
    }
    const told = await watch(
      () => setReady('Unknown'),
      () => setReady('True'),
    )
    deepEqual(told, ['listed 1', 'lost node-a NODE_NOT_READY', 'back node-a'])
  })

  it('tells that the archives of a node that left the cluster are gone', async () => {
    const { store } = bench.standIn
    const node = store.find('nodes', undefined, 'node-a')
    const told = await watch(() => void (node && store.remove('nodes', node)))
    deepEqual(told, ['listed 1', `DELETED node-a:${miner}`])
  })

  it('asks a node that joins the cluster', async () => {
    const { store } = bench.standIn
    const node = store.find('nodes', undefined, 'node-a')
    if (node) store.remove('nodes', node)
    const told = await watch(() => void (node && store.put('nodes', node)))
    deepEqual(told, ['listed 0', `ADDED node-a:${miner}`])
  })

  it('looks into an archive whose name leaves a doubt only once', async () => {
    let ranges = 0
    bench.standIn.faults.duringRange = (_, path) => {
      if (path.includes('shop-eu-app')) ranges += 1
    }
    write('node-a', nameOf('web-0_shop-eu-app'))
    bench.clock.advance(3_600_000)
    let atFirst = 0
    await watch(
      () => {
        atFirst = ranges
        write('node-b', web)
      },
      () => bench.standIn.disks['node-b'].remove(`${checkpointFolder}/${web}`),
    )
    equal(atFirst > 0, true)
    equal(ranges, atFirst)
  })
})

function describeEvent(event: WatchEvent): string | undefined {
  switch (event.type) {
    case 'listed':
      return `listed ${event.found.archives.length}`
    case 'changed': {
      const { type, archive } = event.change
      return [type, archive.archive, archive.pin?.kind].filter((word) => word !== undefined).join(' ')
    }
    case 'lost':
      return `lost ${event.failure.item} ${event.failure.error.code}`
    case 'back':
      return `back ${event.item}`
    default:
      return undefined
  }
}
