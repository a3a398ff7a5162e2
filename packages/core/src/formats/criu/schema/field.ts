import type { Presentation } from './presentation.ts'
import type { WireReader } from './wire-reader.ts'

/** How a value of one of protobuf's types stands in a message. */
export interface FieldType<Value> {
  readonly name: string
  readonly wireType: 0 | 1 | 2 | 5
  readonly read: (reader: WireReader) => Value
  /** Of an enumeration: what its numbers are called. */
  readonly names?: Readonly<Record<number, string>>
  /** Of a message: what is in it. */
  readonly fields?: Fields
}

export type FieldRule = 'required' | 'optional' | 'repeated'

/** One field of a message. */
export interface Field<Value, Rule extends FieldRule = FieldRule> {
  readonly number: number
  readonly rule: Rule
  readonly type: FieldType<Value>
  readonly presentation: Presentation | undefined
}

/** The fields of a message by their names in CRIU, in order of their numbers. */
// biome-ignore lint/suspicious/noExplicitAny: a table holds fields of all types.
export type Fields = Readonly<Record<string, Field<any, FieldRule>>>

const field =
  <Rule extends FieldRule>(rule: Rule) =>
  <Value>(number: number, type: FieldType<Value>, presentation?: Presentation): Field<Value, Rule> => ({
    number,
    rule,
    type,
    presentation,
  })

export const required = field('required')
export const optional = field('optional')
export const repeated = field('repeated')
