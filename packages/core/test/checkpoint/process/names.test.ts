import { deepEqual, equal } from 'node:assert/strict'
import { nameCapabilities } from '../../../src/checkpoint/process/capabilities.ts'
import { nameSignal, nameSignals } from '../../../src/checkpoint/process/signals.ts'

describe('nameCapabilities', () => {
  it('names those that Linux has, and numbers others', () => {
    deepEqual(nameCapabilities(0n), [])
    deepEqual(nameCapabilities((1n << 0n) | (1n << 13n) | (1n << 40n) | (1n << 63n)), [
      'CAP_CHOWN',
      'CAP_NET_RAW',
      'CAP_CHECKPOINT_RESTORE',
      '63',
    ])
  })
})

describe('nameSignal', () => {
  it('names standard and real-time signals, and what is neither', () => {
    deepEqual([1, 9, 31, 32, 34, 64].map(nameSignal), [
      'SIGHUP',
      'SIGKILL',
      'SIGSYS',
      'SIG32',
      'SIGRTMIN',
      'SIGRTMIN+30',
    ])
  })
  it('reads sets', () => {
    deepEqual(nameSignals(0b10_0000_0001n | (1n << 63n)), ['SIGHUP', 'SIGUSR1', 'SIGRTMIN+30'])
    equal(nameSignals(2n ** 64n - 1n).length, 64)
  })
})
