import { deepEqual, throws } from 'node:assert/strict'
import { parseSections, wholeScript } from '../../../src/remote/node-probe/inquiry.ts'
import { runLocally } from './run-locally.ts'

const run = (script: string) => runLocally(['sh', '-c', wholeScript({ script }), 'checkpoint-probe'])
const parse = (text: string) => [...parseSections(Buffer.from(text), 'node-a')]

describe('an inquiry of a node', () => {
  it('brings what its script says, by the names that it gives', async () => {
    const answer = await run("printf 'a\\n\\nend\\n' | section first; printf 'ä' | section second")
    deepEqual(
      [...parseSections(answer, 'node-a')],
      [
        ['first', 'a\n\nend\n'],
        ['second', 'ä'],
      ],
    )
  })

  it('brings no more of a section than 256 KiB', async () => {
    const answer = await run('head -c 1000000 /dev/zero | tr "\\0" x | section big')
    deepEqual(parseSections(answer, 'node-a').get('big')?.length, 256 * 1024)
  })

  for (const [what, text] of [
    ['the end is missing', 'a 1\nx\n'],
    ['a section is cut off', 'a 10\nx\nend\n'],
    ['the length is none', 'a -1\nx\nend\n'],
    ['there is nothing', ''],
    ['another program speaks', 'sh: head: not found\n'],
  ] as const) {
    it(`is refused where ${what}`, () => {
      throws(() => parse(text), { code: 'PROBE_FAILED', hint: /--reader-image/ })
    })
  }
})
