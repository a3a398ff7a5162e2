import { deepEqual, equal, match } from 'node:assert/strict'
import { explainRestoreLog } from '../../src/diagnosis/index.ts'

const log = (...lines: string[]) => lines.map((line) => `(00.012345) ${line}\n`).join('')

describe('explainRestoreLog', () => {
  it('names the path of a mount that only its ID tells of', () => {
    const text = log(
      '     1: Error (criu/mount.c:3017): mnt: No mapping for 598:(null) mountpoint',
      'Error (criu/cr-restore.c:2559): Restoring FAILED.',
    )
    const { causes } = explainRestoreLog(text, (id) => (id === 598 ? '/data' : undefined))
    deepEqual(
      causes.map(({ id }) => id),
      ['restore-missing-mount'],
    )
    match(causes[0]?.meaning ?? '', / It was mounted at \/data\.$/)
  })

  it('does without where the archive knows no such mount', () => {
    const text = log('Error (criu/mount.c:3017): mnt: No mapping for 7:(null) mountpoint')
    const { causes } = explainRestoreLog(text, () => undefined)
    match(causes[0]?.meaning ?? '', /does not declare\.$/)
  })

  it('quotes what it does not know', () => {
    const text = log('Error (criu/cr-restore.c:1): something new', 'Error (criu/x.c:1): Restoring FAILED.')
    const { causes, lines } = explainRestoreLog(text, () => undefined)
    equal(causes.length, 0)
    match(lines[0] ?? '', /something new/)
  })
})
