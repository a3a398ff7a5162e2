import { deepEqual, equal, ok } from 'node:assert/strict'
import { terminalInputImage, terminalsImage } from '@kubectl-checkpoint/core/formats/criu'
import { readFromSet } from '../real-images.ts'

describe('terminalsImage', () => {
  it('tells a pseudo terminal from the one that controls a session', async () => {
    const terminals = [...(await readFromSet(terminalsImage, 'descriptors', 'tty-info.img')).values()]
    deepEqual(terminals.map(({ kind, index }) => [kind, index]).sort(), [
      ['controlling', undefined],
      ['pty', 0],
      ['pty', 0],
    ])
    const [{ rows, columns, session, foregroundGroup } = {} as never] = terminals
    deepEqual([rows, columns, session, foregroundGroup], [24, 80, 1, 1])
  })
})

describe('terminalInputImage', () => {
  it('knows what was typed and not read', async () => {
    const input = await readFromSet(terminalInputImage, 'descriptors', 'tty-data.img')
    const terminals = await readFromSet(terminalsImage, 'descriptors', 'tty-info.img')
    ok(input.every(({ terminalId }) => terminals.has(terminalId)))
    equal(input.filter(({ bytes }) => Buffer.from(bytes).includes('typed and not read')).length, 2)
  })
})
