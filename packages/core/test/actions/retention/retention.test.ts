import { deepEqual, equal, match, rejects } from 'node:assert/strict'
import { checkpointFolder } from '@kubectl-checkpoint/test-support/stand-in'
import {
  keepArchives,
  planDeletion,
  planPruning,
  removeArchives,
  unkeepArchives,
} from '../../../src/actions/index.ts'
import { finish, openWorkbench, type Workbench } from '../support/workbench.ts'

const nameOf = (pod: string, container: string, hour: number) =>
  `checkpoint-${pod}_shop-${container}-2026-11-22T${String(hour).padStart(2, '0')}:00:00Z.tar`
const names = [1, 2, 3].map((hour) => nameOf('miner-a', 'cache', hour))
const [oldest = '', middle = '', newest = ''] = names
const onNodeB = nameOf('svc', 'svc', 4)
const managedPin = { managedBy: 'checkpoint-restore-operator/podrestore', podRestoreOwners: ['shop/again'] }

describe('archives on nodes', () => {
  let bench: Workbench
  beforeEach(async () => {
    bench = await openWorkbench()
    for (const name of names) write('node-a', name, Buffer.alloc(5000))
    write('node-b', onNodeB, Buffer.alloc(7000))
    // By now nothing is written any more.
    bench.clock.advance(60_000)
  })
  afterEach(() => bench[Symbol.asyncDispose]())

  const write = (node: 'node-a' | 'node-b', name: string, bytes: Uint8Array = new Uint8Array()) =>
    bench.standIn.disks[node].write(`${checkpointFolder}/${name}`, bytes)
  const left = (node: 'node-a' | 'node-b' = 'node-a') => bench.standIn.disks[node].names(checkpointFolder)
  const options = () => ({ signal: bench.cancel.signal })
  type Request = Parameters<typeof planDeletion>[0]
  const plan = async (...archives: string[]) => planWith({ archives })
  const planWith = async (request: Request) =>
    (await finish(planDeletion(request, bench.context, options()))).result
  const remove = async (planned: Parameters<typeof removeArchives>[0]) =>
    (await finish(removeArchives(planned, bench.context, options()))).result
  const keep = async (archives: string[], note?: string) =>
    (await finish(keepArchives({ archives, ...(note !== undefined && { note }) }, bench.context, options())))
      .result
  const unkeep = async (...archives: string[]) =>
    (await finish(unkeepArchives({ archives }, bench.context, options()))).result
  const namesOf = (list: readonly { archive: string }[]) => list.map(({ archive }) => archive)
  const codesOf = ({ failures }: { failures: readonly { item: string; error: { code: string } }[] }) =>
    failures.map(({ item, error }) => [item, error.code])

  describe('planDeletion', () => {
    it('finds what is named, and asks no node to change anything', async () => {
      const planned = await plan(`node-a:${middle}`, `node-a:${checkpointFolder}/${middle}`)
      deepEqual(namesOf(planned.remove), [`node-a:${middle}`])
      equal(planned.remove[0]?.because, 'named')
      equal(planned.remove[0]?.sizeBytes, 5000)
      deepEqual(left(), names)
      equal(bench.readerPods().length, 1)
    })

    it('finds all archives of a container, the oldest first, and those of labels', async () => {
      const expected = names.map((name) => `node-a:${name}`)
      deepEqual(namesOf((await plan('miner-a/cache')).remove), expected)
      deepEqual(namesOf((await planWith({ archives: [], selector: 'app=svc' })).remove), [
        `node-b:${onNodeB}`,
      ])
    })

    it('takes everything only where that is said: CHOICE_UNCLEAR', async () => {
      await rejects(planWith({ archives: [] }), { code: 'CHOICE_UNCLEAR' })
      await rejects(planWith({ archives: [], nodes: ['node-a'] }), { code: 'CHOICE_UNCLEAR' })
      deepEqual((await planWith({ archives: [], all: true })).remove.length, 4)
    })

    it('takes names or conditions, not both: CHOICE_UNCLEAR', async () => {
      const archives = [`node-a:${oldest}`]
      await rejects(planWith({ archives, all: true }), { code: 'CHOICE_UNCLEAR' })
      await rejects(planWith({ archives, selector: 'app=svc' }), { code: 'CHOICE_UNCLEAR' })
      await rejects(planWith({ archives: ['miner-a'], all: true }), { code: 'CHOICE_UNCLEAR' })
      deepEqual(bench.standIn.requests, [])
    })

    it('leaves what is pinned: a failure where it was named', async () => {
      write('node-a', `${middle}.keep`, Buffer.from('the incident'))
      const named = await plan(`node-a:${middle}`, `node-a:${newest}`)
      deepEqual(namesOf(named.remove), [`node-a:${newest}`])
      deepEqual(codesOf(named), [[`node-a:${middle}`, 'NODE_FILE_PINNED']])
      const chosen = await plan('miner-a/cache')
      deepEqual(namesOf(chosen.remove), [`node-a:${oldest}`, `node-a:${newest}`])
      deepEqual(
        chosen.kept.map(({ archive, because }) => [archive, because]),
        [[`node-a:${middle}`, 'pinned']],
      )
      deepEqual(codesOf(chosen), [])
    })

    it('leaves what is still being written: ARCHIVE_BEING_WRITTEN', async () => {
      write('node-a', newest, Buffer.alloc(6000))
      const { sleep } = bench.clock
      bench.context = {
        ...bench.context,
        clock: {
          ...bench.clock,
          async sleep(ms, signal) {
            await sleep(ms, signal)
            write('node-a', newest, Buffer.alloc(9000))
          },
        },
      }
      const planned = await plan(`node-a:${newest}`)
      deepEqual(planned.remove, [])
      deepEqual(codesOf(planned), [[`node-a:${newest}`, 'ARCHIVE_BEING_WRITTEN']])
    })

    it('says what is not there, and plans the rest', async () => {
      const planned = await plan('node-a:checkpoint-none.tar', `node-a:${newest}`)
      deepEqual(namesOf(planned.remove), [`node-a:${newest}`])
      deepEqual(codesOf(planned), [['node-a:checkpoint-none.tar', 'NODE_FILE_NOT_FOUND']])
    })

    it('takes nothing that is no archive of a kubelet on a node, and asks nobody', async () => {
      const others = [
        './local.tar',
        'oci://image',
        'node-a:/etc/passwd',
        'node-a:other.tar',
        `node-a:${oldest}.keep`,
      ]
      for (const name of others) await rejects(plan(name), { code: 'ARCHIVE_REFERENCE_INVALID' })
      deepEqual(bench.standIn.requests, [])
      write('node-a', 'other.tar', Buffer.alloc(5000))
      const all = await planWith({ archives: [], all: true, allNamespaces: true })
      equal(namesOf(all.remove).includes('node-a:other.tar'), false)
    })
  })

  describe('removeArchives', () => {
    it('does what planPruning said, on all nodes, and leaves no pod', async () => {
      const selection = { allNamespaces: true }
      const policy = { keep: 1, per: 'container' } as const
      const { result } = await finish(planPruning({ selection, policy }, bench.context, options()))
      deepEqual(namesOf(result.remove), [`node-a:${oldest}`, `node-a:${middle}`])
      const { removed, failures } = await remove(result.remove)
      deepEqual(removed, result.remove)
      deepEqual(failures, [])
      deepEqual(left(), [newest])
      deepEqual(left('node-b'), [onNodeB])
      deepEqual(bench.leftPods(), [])
      const again = await finish(planPruning({ selection, policy }, bench.context, options()))
      deepEqual(again.result.remove, [])
    })

    it('leaves what has changed or was pinned since it was planned, and removes the rest', async () => {
      const planned = await plan('miner-a/cache')
      bench.standIn.disks['node-a'].replace(`${checkpointFolder}/${oldest}`, Buffer.alloc(5000))
      write('node-a', `${middle}.keep`)
      const result = await remove(planned.remove)
      deepEqual(namesOf(result.removed), [`node-a:${newest}`])
      deepEqual(codesOf(result), [
        [`node-a:${oldest}`, 'CHANGED'],
        [`node-a:${middle}`, 'NODE_FILE_PINNED'],
      ])
      deepEqual(left(), [oldest, middle, `${middle}.keep`])
    })

    it('tries a node once that gives no pod, and goes on with others', async () => {
      const planned = await planWith({ archives: [], all: true })
      bench.standIn.store.remove('nodes', bench.standIn.store.list('nodes')[0] ?? ({} as never))
      const result = await remove(planned.remove)
      deepEqual(namesOf(result.removed), [`node-b:${onNodeB}`])
      deepEqual(
        codesOf(result).map(([, code]) => code),
        ['READER_NOT_STARTED', 'READER_NOT_STARTED', 'READER_NOT_STARTED'],
      )
      equal(bench.readerPods().length, 2 + 2)
    })

    it('knows what it removed where the answer got lost', async () => {
      const planned = await plan('miner-a/cache')
      bench.standIn.faults.cutExec = { afterBytes: 'ready\n'.length + 2, times: 1 }
      const { removed, failures } = await remove(planned.remove)
      deepEqual(removed, planned.remove)
      deepEqual(failures, [])
    })

    it('gives a full account when it is cancelled', async () => {
      const planned = await plan('miner-a/cache')
      const run = removeArchives(planned.remove, bench.context, options())
      for await (const event of run) {
        if (event.type === 'phase' && event.phase === 'done') bench.cancel.abort(new Error('enough'))
      }
      const result = await run.result
      equal(result.removed.length + result.failures.length, 3)
      deepEqual(
        left(),
        result.failures.map(({ item }) => item.slice('node-a:'.length)),
      )
      deepEqual(new Set(result.failures.map(({ error }) => error.code)), new Set(['CANCELLED']))
      deepEqual(bench.leftPods(), [])
    })
  })

  describe('keepArchives', () => {
    const pin = () => bench.standIn.disks['node-a'].find(`${checkpointFolder}/${newest}.keep`)?.bytes

    it('pins the newest archive of a container as the operator does: by a file beside it', async () => {
      deepEqual(await keep(['miner-a/cache']), {
        changes: [{ archive: `node-a:${newest}`, change: 'pinned' }],
        failures: [],
      })
      equal(pin()?.byteLength, 0)
      deepEqual(left(), [...names, `${newest}.keep`])
      deepEqual(bench.leftPods(), [])
    })

    it('writes a note, and leaves a pin that is there', async () => {
      await keep([`node-a:${newest}`], 'the incident')
      deepEqual((await keep([`node-a:${newest}`], 'another')).changes, [
        { archive: `node-a:${newest}`, change: 'already-pinned' },
      ])
      equal(Buffer.from(pin() ?? []).toString(), 'the incident\n')
    })

    it('refuses a note that is too long, or reads like a program: PIN_NOTE_INVALID', async () => {
      for (const note of ['x'.repeat(5000), JSON.stringify(managedPin)]) {
        await rejects(keep([`node-a:${newest}`], note), { code: 'PIN_NOTE_INVALID' })
      }
      deepEqual(bench.standIn.requests, [])
    })

    it('pins the others where one is not there', async () => {
      const result = await keep(['node-a:checkpoint-none.tar', `node-a:${newest}`])
      deepEqual(namesOf(result.changes), [`node-a:${newest}`])
      deepEqual(codesOf(result), [['node-a:checkpoint-none.tar', 'NODE_FILE_NOT_FOUND']])
    })

    it('takes only archives on nodes', async () => {
      await rejects(keep(['./local.tar']), { code: 'ARCHIVE_REFERENCE_INVALID' })
    })
  })

  describe('unkeepArchives', () => {
    it('removes the pin that people made, and says where there was none', async () => {
      write('node-a', `${newest}.keep`, Buffer.from('the incident'))
      deepEqual(await unkeep(`node-a:${newest}`, `node-a:${oldest}`), {
        changes: [
          { archive: `node-a:${newest}`, change: 'unpinned' },
          { archive: `node-a:${oldest}`, change: 'not-pinned' },
        ],
        failures: [],
      })
      deepEqual(left(), names)
    })

    it('leaves the pin of a program, and says whose it is: PIN_MANAGED', async () => {
      write('node-a', `${newest}.keep`, Buffer.from(`${JSON.stringify(managedPin)}\n`))
      const result = await unkeep(`node-a:${newest}`)
      deepEqual(codesOf(result), [[`node-a:${newest}`, 'PIN_MANAGED']])
      match(
        result.failures[0]?.error.message ?? '',
        /is kept by checkpoint-restore-operator\/podrestore for shop\/again$/,
      )
      deepEqual(left(), [...names, `${newest}.keep`])
    })

    it('says NODE_FILE_NOT_FOUND of an archive that is not there', async () => {
      deepEqual(codesOf(await unkeep('node-a:checkpoint-none.tar')), [
        ['node-a:checkpoint-none.tar', 'NODE_FILE_NOT_FOUND'],
      ])
    })
  })
})
