import { deepEqual } from 'node:assert/strict'
import { parseArguments } from '../../../src/checkpoint/process/parse-arguments.ts'

describe('parseArguments', () => {
  it('splits at the NULs that end strings, and keeps empty ones', () => {
    deepEqual(parseArguments('sh\0\0-c\0', 'A=1\0B=\0', true), { args: ['sh', '', '-c'], env: ['A=1', 'B='] })
    deepEqual(parseArguments('', '', true), { args: [], env: [] })
  })
  it('takes arguments without a NUL at their end for a title, which may go on in the environment', () => {
    deepEqual(parseArguments('nginx: wor', 'ker process\0\0\0', true).args, ['nginx: worker process'])
    deepEqual(parseArguments('nginx: wor', 'ker process\0', false).args, ['nginx: wor'])
    deepEqual(parseArguments('short\0left over', 'A=1\0', true).args, ['short'])
    deepEqual(parseArguments('title', undefined, true), { args: ['title'] })
  })
  it('says nothing of what the archive lacks', () => {
    deepEqual(parseArguments(undefined, undefined, true), {})
    deepEqual(parseArguments(undefined, 'A=1', true), { env: ['A=1'] })
  })
})
