import type { Presentation } from './presentation.ts'
import type { WireReader } from './wire-reader.ts'

/** How a value of one of protobuf's types stands in a message. */
export interface FieldType<Value> {
  readonly name: string
  readonly wireType: 0 | 1 | 2 | 5
  /** @param where For messages: the source's label. */
  readonly read: (reader: WireReader, where: string) => Value
  /** How a value stands in JSON, as CRIT writes it; absent where JSON has it. */
  readonly toJson?: (value: Value, pretty: boolean, presentation: Presentation | undefined) => unknown
}

export type FieldRule = 'required' | 'optional' | 'repeated'

/** One field of a message. */
export interface Field<Value, Rule extends FieldRule = FieldRule> {
  readonly number: number
  readonly rule: Rule
  readonly type: FieldType<Value>
  readonly presentation: Presentation | undefined
}

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
