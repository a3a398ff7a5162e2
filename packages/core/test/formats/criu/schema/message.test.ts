import { deepEqual, equal, throws } from 'node:assert/strict'
import fc from 'fast-check'
import type { Layout } from '../../../../src/formats/criu/image-type.ts'
import { imageTypes } from '../../../../src/formats/criu/image-types.ts'
import {
  bool,
  bytes,
  type Field,
  type Fields,
  fixed64,
  hasUnknownFields,
  int32,
  int64,
  lazy,
  type MessageType,
  message,
  optional,
  repeated,
  required,
  sint32,
  sint64,
  string,
  uint32,
  uint64,
  WireReader,
} from '../../../../src/formats/criu/schema/index.ts'
import { craftMessage, craftPacked, craftVarint } from '../craft-image.ts'

const all = message('all', {
  uint32: optional(1, uint32),
  int32: optional(2, int32),
  sint32: optional(3, sint32),
  uint64: optional(4, uint64),
  int64: optional(5, int64),
  sint64: optional(6, sint64),
  fixed64: optional(7, fixed64),
  bool: optional(8, bool),
  string: optional(9, string),
  bytes: optional(10, bytes),
  numbers: repeated(11, uint64),
})
const decode = <Value>(type: MessageType<Value>, encoded: Uint8Array) =>
  type.decode(new WireReader(encoded), 'crafted')
const field = (number: number, wireType: number, ...parts: Uint8Array[]) =>
  Buffer.concat([craftVarint(BigInt(number * 8 + wireType)), ...parts])
const zeros = (count: number) => Buffer.alloc(count)

describe('a message', () => {
  it('lacks optional fields that are not set, and has empty lists', () => {
    deepEqual(decode(all, new Uint8Array()), { numbers: [] })
  })
  it('holds negative numbers of 32 bits in ten bytes', () => {
    const encoded = craftMessage(all, { int32: -2 })
    equal(encoded.length, 11)
    equal(decode(all, encoded).int32, -2)
  })
  it('gives the lower 32 bits of a longer number', () => {
    equal(decode(all, field(1, 0, craftVarint(2n ** 40n + 5n))).uint32, 5)
  })
  it('takes lists of numbers that stand together or apart, and mixed', () => {
    const apart = craftMessage(all, { numbers: [1n, 2n ** 63n] })
    const together = craftPacked(11, [3n, 2n ** 64n - 1n])
    deepEqual(decode(all, Buffer.concat([apart, together])).numbers, [1n, 2n ** 63n, 3n, 2n ** 64n - 1n])
  })
  it('keeps the last of a field that comes twice', () => {
    equal(
      decode(all, Buffer.concat([craftMessage(all, { uint32: 1 }), craftMessage(all, { uint32: 2 })])).uint32,
      2,
    )
  })
  it('reads invalid UTF-8 as U+FFFD', () => {
    equal(decode(all, field(9, 2, craftVarint(2n), Buffer.from([0xff, 0x41]))).string, '\ufffdA')
  })
  it('steps over unknown fields of every wire type, and tells that they are there', () => {
    const encoded = Buffer.concat([
      field(100, 0, craftVarint(300n)),
      field(101, 1, zeros(8)),
      field(102, 2, craftVarint(3n), zeros(3)),
      field(103, 5, zeros(4)),
      craftMessage(all, { uint32: 7 }),
    ])
    const value = decode(all, encoded)
    deepEqual([value.uint32, hasUnknownFields(value)], [7, true])
    equal(hasUnknownFields(decode(all, craftMessage(all, { uint32: 7 }))), false)
  })
  it('refuses a field that its writer took for another type', () => {
    throws(() => decode(all, field(1, 2, craftVarint(1n), zeros(1))), { message: /uint32 has wire type 2/ })
    throws(() => decode(all, field(11, 5, zeros(4))), { code: 'BAD_MESSAGE' })
  })
  it('refuses wire types that there are not', () => {
    for (const wireType of [3, 4, 6, 7]) {
      throws(() => decode(all, field(100, wireType, zeros(8))), { code: 'BAD_MESSAGE' })
    }
  })
  it('refuses numbers of more than ten bytes', () => {
    for (const number of [1, 4]) {
      const endless = field(number, 0, Buffer.alloc(10, 0xff), Buffer.from([1]))
      throws(() => decode(all, endless), { message: /more than ten bytes/ })
    }
  })
  it('refuses lengths that lead out of it', () => {
    for (const number of [9, 10, 11, 100]) {
      throws(() => decode(all, field(number, 2, craftVarint(2n), zeros(1))), { code: 'BAD_MESSAGE' })
    }
  })
  it('does not let a message within read on behind its end', () => {
    const inner = message('inner', { value: optional(1, uint32) })
    const outer = message('outer', { inner: required(1, inner), after: required(2, uint32) })
    // The inner one ends behind a tag.
    throws(
      () =>
        decode(outer, Buffer.concat([field(1, 2, craftVarint(1n), Buffer.from([8])), field(2, 0, zeros(1))])),
      {
        code: 'BAD_MESSAGE',
      },
    )
  })
})

interface Folder {
  readonly children: readonly Folder[]
}
const folder: MessageType<Folder> = message('folder', {
  children: repeated(
    1,
    lazy(() => folder),
  ),
})

describe('messages within messages', () => {
  const nest = (depth: number): Uint8Array =>
    Array.from({ length: depth }).reduce<Uint8Array>(
      (inner) => field(1, 2, craftVarint(BigInt(inner.length)), inner),
      new Uint8Array(),
    )
  it('may be of the same kind', () => {
    deepEqual(decode(folder, nest(2)), { children: [{ children: [{ children: [] }] }] })
  })
  it('end at a depth of a hundred', () => {
    decode(folder, nest(100))
    throws(() => decode(folder, nest(101)), { message: /too deep/ })
    throws(() => decode(folder, nest(1000)), { message: /too deep/ })
  })
  it('end at a million', () => {
    const empty = Buffer.alloc(2 * (2 ** 20 + 1)).fill('0a00', 'hex')
    throws(() => decode(folder, empty), { message: /more than/ })
  }).timeout(20_000)
})

/** Every kind of message that an image holds at its top. */
const types = Object.values(imageTypes).flatMap(({ layout }: { layout: Layout<unknown> }) =>
  [layout, layout.next, layout.inner?.layout].flatMap((one) => (one ? [one.type] : [])),
)

const scalars: Readonly<Record<string, fc.Arbitrary<unknown>>> = {
  uint32: fc.integer({ min: 0, max: 2 ** 32 - 1 }),
  int32: fc.integer(),
  sint32: fc.integer(),
  uint64: fc.bigInt({ min: 0n, max: 2n ** 64n - 1n }),
  int64: fc.bigInt({ min: -(2n ** 63n), max: 2n ** 63n - 1n }),
  sint64: fc.bigInt({ min: -(2n ** 63n), max: 2n ** 63n - 1n }),
  fixed64: fc.bigInt({ min: 0n, max: 2n ** 64n - 1n }),
  bool: fc.boolean(),
  string: fc.string(),
  bytes: fc.uint8Array(),
  enum: fc.integer(),
}

/** Any value of a message of these fields; no deeper than `depth`. */
const valuesOf = (fields: Fields, depth: number): fc.Arbitrary<object> => {
  const names = Object.entries(fields).filter(
    ([, { rule, type }]) => depth > 0 || rule === 'required' || !type.fields,
  )
  return fc.record(Object.fromEntries(names.map(([name, one]) => [name, fieldValuesOf(one, depth)])), {
    requiredKeys: names.filter(([, { rule }]) => rule !== 'optional').map(([name]) => name),
  })
}
const fieldValuesOf = ({ rule, type }: Field<unknown>, depth: number): fc.Arbitrary<unknown> => {
  const value = type.fields
    ? valuesOf(type.fields, depth - 1)
    : (scalars[type.name] ?? fc.constant(undefined))
  return rule === 'repeated' ? fc.array(value, { maxLength: 3 }) : value
}
/** With the empty lists that decoding adds. */
const complete = (fields: Fields, value: object): object =>
  Object.fromEntries(
    Object.entries(fields).flatMap(([name, { rule, type }]) => {
      const one: unknown = (value as Readonly<Record<string, unknown>>)[name]
      const inner = (each: unknown) => (type.fields ? complete(type.fields, each as object) : each)
      if (rule === 'repeated') return [[name, Array.isArray(one) ? one.map(inner) : []]]
      return one === undefined ? [] : [[name, inner(one)]]
    }),
  )
const plain = (value: unknown): unknown =>
  value instanceof Uint8Array ? Uint8Array.from(value) : mapObject(value)
const mapObject = (value: unknown): unknown => {
  if (Array.isArray(value)) return value.map(plain)
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(Object.entries(value).map(([name, one]) => [name, plain(one)]))
}

describe('the tables', () => {
  it('give back any value of any message', () => {
    for (const type of new Set(types)) {
      fc.assert(
        fc.property(valuesOf(type.fields, 2), (value) => {
          const decoded = decode(type, craftMessage(type, value))
          deepEqual(plain(decoded), plain(complete(type.fields, value)))
        }),
        { numRuns: 10 },
      )
    }
  }).timeout(20_000)
  it('number no field twice', () => {
    const check = (type: { readonly name: string; readonly fields?: Fields }, done: Set<string>) => {
      if (!type.fields || done.has(type.name)) return
      done.add(type.name)
      const numbers = Object.values(type.fields).map(({ number }) => number)
      deepEqual(
        numbers,
        [...new Set(numbers)].sort((a, b) => a - b),
        type.name,
      )
      for (const { type: inner } of Object.values(type.fields)) check(inner, done)
    }
    const done = new Set<string>()
    for (const type of types) check(type, done)
    equal(done.size > 150, true)
  })
})
