import { deepEqual, equal } from 'node:assert/strict'
import {
  bytes,
  enumeration,
  flags,
  formatIpAddress,
  hex,
  int32,
  ipAddress,
  kernelDevice,
  message,
  names,
  optional,
  presentMessage,
  quotedPrintable,
  repeated,
  statDevice,
  uint32,
  uint64,
} from '../../../../src/formats/criu/schema/index.ts'

const inner = message('inner', { number: optional(1, uint64), words: repeated(2, uint32) })
const all = message('all', {
  word: optional(1, uint32, hex),
  negative: optional(2, int32, hex),
  kernel: optional(3, uint32, kernelDevice),
  stat: optional(4, uint32, statDevice),
  bits: optional(5, uint32, flags({ A: 1, B: 4, TOP: 1 << 31 })),
  state: optional(6, uint32, names({ 1: 'on' })),
  kind: optional(7, enumeration({ 1: 'ONE' })),
  address: repeated(8, uint32, ipAddress),
  data: optional(9, bytes),
  name: optional(10, bytes, quotedPrintable),
  inner: optional(11, inner, hex),
})
const show = (value: object) => presentMessage(all, { address: [], ...value }, true)
const decode = (value: object) => presentMessage(all, { address: [], ...value }, false)

// Expectations are what Python's pycriu 4.2.1 makes of such values.
describe('presentMessage', () => {
  it('shows numbers in hexadecimal, also all of a message within', () => {
    deepEqual(show({ word: 255, negative: -1 }), { word: '0xff', negative: '0x-1' })
    deepEqual(show({ inner: { number: 2n ** 64n - 1n, words: [16] } }), {
      inner: { number: '0xffffffffffffffff', words: ['0x10'] },
    })
  })
  it('shows devices as major and minor number in their coding', () => {
    deepEqual(show({ kernel: 0x800001 }), { kernel: '8:1' })
    deepEqual(show({ stat: 0x88_03 }), { stat: '136:3' })
    deepEqual(show({ stat: 0x12345678 }), { stat: '1110:74616' })
  })
  it('shows flags by name, and what has none in hexadecimal', () => {
    deepEqual(show({ bits: 0x8000_0005 }), { bits: 'A | B | TOP' })
    deepEqual(show({ bits: 3 }), { bits: 'A | 0x2' })
    deepEqual(show({ bits: 0 }), { bits: '' })
  })
  it('shows names, and numbers without one as they are', () => {
    deepEqual(show({ state: 1, kind: 1 }), { state: 'on', kind: 'ONE' })
    deepEqual(show({ state: 2, kind: 2 }), { state: 2, kind: 2 })
  })
  it('leaves all numbers but enumerations what they are in the other form', () => {
    const value = { word: 255, kernel: 8, bits: 5, state: 1, address: [1], inner: { number: 1n, words: [2] } }
    deepEqual(decode({ ...value, kind: 1 }), { ...value, kind: 'ONE' })
  })
  it('leaves out what is not set, and empty lists', () => {
    deepEqual(show({}), {})
    deepEqual(show({ inner: { words: [] } }), { inner: {} })
  })
  it('breaks base64 into lines, and ends the last one too', () => {
    deepEqual(decode({ data: Buffer.from('ab') }), { data: 'YWI=\n' })
    deepEqual(decode({ data: Buffer.alloc(58) }), { data: `${'A'.repeat(76)}\nAA==\n` })
    deepEqual(decode({ data: Buffer.alloc(0) }), { data: '' })
  })
  it('quotes names of sockets', () => {
    const quote = (text: string) => show({ name: Buffer.from(text, 'latin1') }).name
    equal(quote('\0abs=name \t'), '=00abs=3Dname =09')
    equal(quote('a\nb \n\xff.'), 'a\nb=20\n=FF.')
    equal(quote(' '), '=20')
    equal(quote('.'), '=2E')
    equal(quote('.x'), '.x')
    equal(quote('a\r\nb'), 'a\r\nb')
    equal(
      quote('/run/x'.repeat(30)),
      `${'/run/x'.repeat(12)}/ru=\nn${'/x/run'.repeat(12)}/x=\n/run/x${'/run/x'.repeat(4)}`,
    )
  })
})

describe('an address', () => {
  const show6 = (...groups: readonly number[]) => {
    const view = new DataView(new ArrayBuffer(16))
    for (const [at, group] of groups.entries()) view.setUint16(at * 2, group)
    return formatIpAddress([0, 4, 8, 12].map((at) => view.getUint32(at, true)))
  }
  it('of one word is of IPv4', () => {
    equal(formatIpAddress([0x0100007f]), '127.0.0.1')
  })
  it('of four words is of IPv6, its longest zeros left out', () => {
    equal(show6(0, 0, 0, 0, 0, 0, 0, 0), '::')
    equal(show6(0, 0, 0, 0, 0, 0, 0, 1), '::1')
    equal(show6(0xfe80, 0, 0, 0, 0, 0, 0, 1), 'fe80::1')
    equal(show6(0x2001, 0xdb8, 0, 0, 1, 0, 0, 1), '2001:db8::1:0:0:1')
    equal(show6(1, 0, 2, 0, 3, 0, 4, 0), '1:0:2:0:3:0:4:0')
    equal(show6(0, 0, 0, 0, 0, 0xffff, 0x102, 0x304), '::ffff:1.2.3.4')
    equal(show6(1, 2, 3, 4, 5, 6, 0, 0), '1:2:3:4:5:6::')
  })
  it('of other words is none', () => {
    equal(formatIpAddress([1, 2]), undefined)
    deepEqual(show({ address: [1, 2] }), { address: [1, 2] })
    deepEqual(show({ address: [0x0100007f] }), { address: ['127.0.0.1'] })
  })
})
