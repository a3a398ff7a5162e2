import { deepEqual, equal, ok } from 'node:assert/strict'
import type { NodeArchive } from '@kubectl-checkpoint/core/documents'
import fc from 'fast-check'
import { type PrunePolicy, planPrune } from '../../../src/actions/retention/plan-prune.ts'

const now = Date.parse('2026-11-23T12:00:00Z')
const day = 24 * 60 * 60 * 1000

/** Of `shop/web-0/app`, so many days old. */
function archive(days: number, rest: Partial<NodeArchive> = {}): NodeArchive {
  const taken = new Date(now - days * day).toISOString()
  const name = `node-a:checkpoint-web-0_shop-app-${taken}.tar`
  return {
    archive: name,
    node: 'node-a',
    path: `/var/lib/kubelet/checkpoints/${name}`,
    sizeBytes: 10,
    modifiedAt: taken,
    inode: String(days),
    namespace: 'shop',
    pod: 'web-0',
    container: 'app',
    takenAt: taken,
    state: 'complete',
    podStatus: 'running',
    ...rest,
  }
}

const pin = { kind: 'manual' } as const

/** How old what goes is, in days, and why. */
function plan(archives: readonly NodeArchive[], policy: Omit<PrunePolicy, 'per'> & Partial<PrunePolicy>) {
  const { remove, kept } = planPrune(archives, { per: 'container', ...policy }, now)
  const brief = (list: readonly { inode: string; because: string }[]) =>
    list.map(({ inode, because }) => `${inode} ${because}`)
  return { remove: brief(remove), kept: brief(kept) }
}

describe('planPrune', () => {
  const week = [1, 2, 3, 4, 5].map((days) => archive(days))

  describe('--keep alone', () => {
    it('leaves the newest of each container, the oldest of the others going first', () => {
      deepEqual(plan(week, { keep: 2 }).remove, ['5 beyond-count', '4 beyond-count', '3 beyond-count'])
      deepEqual(plan(week, { keep: 9 }).remove, [])
    })
    it('counts what is pinned', () => {
      const pinned = [archive(1, { pin }), ...week.slice(1, 3)]
      deepEqual(plan(pinned, { keep: 2 }).remove, ['3 beyond-count'])
    })
    it('counts nothing that may never be whole', () => {
      const growing = [archive(0, { state: 'being-written' }), ...week.slice(0, 2)]
      deepEqual(plan(growing, { keep: 2 }), { remove: [], kept: ['0 being-written'] })
      const broken = [archive(0, { state: 'unreadable' }), ...week.slice(0, 2)]
      deepEqual(plan(broken, { keep: 2 }), { remove: [], kept: ['0 unreadable'] })
    })
  })

  it('leaves what is of no known container', () => {
    const { namespace, pod, container, ...foreign } = archive(9)
    deepEqual(plan([foreign, archive(1)], { olderThanMs: day / 2 }), {
      remove: ['1 too-old'],
      kept: ['9 unowned'],
    })
  })

  it('removes what is older, by when it was taken', () => {
    deepEqual(plan(week, { olderThanMs: 3 * day }).remove, ['5 too-old', '4 too-old'])
    const touched = archive(9, { modifiedAt: new Date(now).toISOString() })
    deepEqual(plan([touched], { olderThanMs: 3 * day }).remove, ['9 too-old'])
  })

  it('removes the oldest until the others fit', () => {
    deepEqual(plan(week, { maxBytes: 30 }).remove, ['5 beyond-size', '4 beyond-size'])
    deepEqual(plan(week, { maxBytes: 29 }).remove, ['5 beyond-size', '4 beyond-size', '3 beyond-size'])
    deepEqual(plan(week, { maxBytes: 50 }).remove, [])
  })

  it('counts what is pinned towards the size, and removes others in its place', () => {
    const pinned = [...week.slice(0, 4), archive(5, { pin })]
    deepEqual(plan(pinned, { maxBytes: 30 }), {
      remove: ['4 beyond-size', '3 beyond-size'],
      kept: ['5 pinned'],
    })
  })

  it('leaves the newest that --keep names, whatever their age and size', () => {
    deepEqual(plan(week, { keep: 2, olderThanMs: day / 2 }).remove, ['5 too-old', '4 too-old', '3 too-old'])
    deepEqual(plan(week, { keep: 2, maxBytes: 1 }).remove.length, 3)
    deepEqual(plan(week, { keep: 2, olderThanMs: 6 * day }).remove, [])
  })

  it('removes by age and by size together, what age removed counting no more', () => {
    deepEqual(plan(week, { olderThanMs: 4.5 * day, maxBytes: 30 }).remove, ['5 too-old', '4 beyond-size'])
  })

  it('groups as it is told', () => {
    const others = [
      archive(1),
      archive(2, { container: 'sidecar' }),
      archive(3, { pod: 'web-1' }),
      archive(4, { namespace: 'other' }),
      archive(5, { node: 'node-b' }),
    ]
    const leftPer = (per: PrunePolicy['per']) => 5 - plan(others, { keep: 1, per }).remove.length
    equal(leftPer('container'), 4)
    equal(leftPer('pod'), 3)
    equal(leftPer('namespace'), 2)
    equal(leftPer('node'), 2)
  })

  describe('whatever the archives and the policy', () => {
    const archives = fc.array(
      fc.record({
        days: fc.integer({ min: 0, max: 20 }),
        sizeBytes: fc.integer({ min: 0, max: 100 }),
        pinned: fc.boolean(),
        state: fc.constantFrom('complete', 'being-written', 'unreadable'),
        container: fc.constantFrom('app', 'sidecar'),
        node: fc.constantFrom('node-a', 'node-b'),
      }),
      { maxLength: 30 },
    )
    const some = <T>(value: fc.Arbitrary<T>) => fc.option(value, { nil: undefined })
    const policies = fc
      .record({
        keep: some(fc.integer({ min: 0, max: 5 })),
        olderThanMs: some(fc.integer({ min: 0, max: 20 * day })),
        maxBytes: some(fc.integer({ min: 0, max: 500 })),
        per: fc.constantFrom('container', 'pod', 'namespace', 'node'),
      })
      .map(
        ({ keep, olderThanMs, maxBytes, per }): PrunePolicy => ({
          ...(keep === undefined ? {} : { keep }),
          ...(olderThanMs === undefined ? {} : { olderThanMs }),
          ...(maxBytes === undefined ? {} : { maxBytes }),
          per,
        }),
      )
      .filter(({ keep, olderThanMs, maxBytes }) => (keep ?? olderThanMs ?? maxBytes) !== undefined)
    const cases = (check: (archives: readonly NodeArchive[], policy: PrunePolicy) => void) =>
      fc.assert(
        fc.property(archives, policies, (list, policy) =>
          check(
            list.map(({ days, pinned, ...rest }, index) =>
              archive(days, { ...rest, archive: `a-${index}`, inode: `${index}`, ...(pinned && { pin }) }),
            ),
            policy,
          ),
        ),
      )

    it('removes nothing that is pinned, being written or unreadable', () =>
      cases((list, policy) => {
        for (const { pin, state } of planPrune(list, policy, now).remove) {
          equal(pin, undefined)
          equal(state, 'complete')
        }
      }))

    it('leaves the newest that are complete', () =>
      cases((list, policy) => {
        const removed = new Set(
          planPrune(list, { ...policy, per: 'namespace' }, now).remove.map(({ inode }) => inode),
        )
        const left = list.filter(({ inode, state }) => state === 'complete' && !removed.has(inode))
        const complete = list.filter(({ state }) => state === 'complete')
        ok(left.length >= Math.min(policy.keep ?? 0, complete.length))
      }))

    it('comes to the size, unless only what must stay is left', () =>
      cases((list, policy) => {
        const { keep, maxBytes } = policy
        if (maxBytes === undefined) return
        const removed = new Set(
          planPrune(list, { ...policy, per: 'namespace' }, now).remove.map(({ inode }) => inode),
        )
        const left = list.filter(({ inode }) => !removed.has(inode))
        const removable = left.filter(({ pin, state }) => !pin && state === 'complete')
        const total = left.reduce((sum, { sizeBytes }) => sum + sizeBytes, 0)
        ok(total <= maxBytes || removable.length <= (keep ?? 0))
      }))

    it('plans the same whatever the order, and nothing more for what is left', () =>
      cases((list, policy) => {
        const { remove } = planPrune(list, policy, now)
        deepEqual(planPrune([...list].reverse(), policy, now).remove, remove)
        const removed = new Set(remove.map(({ inode }) => inode))
        const left = list.filter(({ inode }) => !removed.has(inode))
        deepEqual(planPrune(left, policy, now).remove, [])
      }))
  })
})
