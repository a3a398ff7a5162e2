import { deepEqual } from 'node:assert/strict'
import { parsePin } from '../../../src/actions/archives/parse-pin.ts'

describe('parsePin', () => {
  it('knows an empty file, and a note on one line, for a manual pin', () => {
    deepEqual(parsePin(' \n'), { kind: 'manual' })
    deepEqual(parsePin('kept for\nthe audit\n'), { kind: 'manual', note: 'kept for the audit' })
  })

  it('knows what checkpoint-restore-operator writes', () => {
    const managedBy = 'checkpoint-restore-operator/podrestore'
    const marker = { managedBy, podRestoreOwners: ['default/redis', 'default/redis-2'] }
    deepEqual(parsePin(JSON.stringify(marker)), {
      kind: 'managed',
      managedBy,
      owners: ['default/redis', 'default/redis-2'],
    })
    deepEqual(parsePin('{"managedBy":"x","podRestoreOwners":[1,"a/b"]}'), {
      kind: 'managed',
      managedBy: 'x',
      owners: ['a/b'],
    })
  })

  it('takes any other JSON for a note', () => {
    for (const note of ['{"managedBy":1}', '{}', 'null', '[1]', '"x"', '{"managedBy":"x"']) {
      deepEqual(parsePin(note), { kind: 'manual', note })
    }
  })
})
