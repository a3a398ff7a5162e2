import { CriuError } from '../errors.ts'
import type { Field, FieldRule, Fields, FieldType } from './field.ts'
import { WireError, type WireReader } from './wire-reader.ts'

type Names<Table extends Fields, Rule extends FieldRule> = {
  [Name in keyof Table]: Table[Name]['rule'] extends Rule ? Name : never
}[keyof Table]

type ValueOf<One> = One extends Field<infer Value, FieldRule> ? Value : never

/** What a message of these fields is, decoded. Optional fields that aren't set are absent. */
export type MessageOf<Table extends Fields> = {
  readonly [Name in Names<Table, 'required'>]: ValueOf<Table[Name]>
} & {
  readonly [Name in Names<Table, 'optional'>]?: ValueOf<Table[Name]>
} & {
  readonly [Name in Names<Table, 'repeated'>]: readonly ValueOf<Table[Name]>[]
}

/** A kind of message: its fields by their names in CRIU. A message within another is a field's type itself. */
export interface MessageType<Value> extends FieldType<Value> {
  readonly fields: Fields
  /**
   * Decodes all that the reader has left.
   * @param where For messages: the source's label.
   * @throws {CriuError} BAD_MESSAGE, also where a required field is missing.
   */
  readonly decode: (reader: WireReader, where: string) => Value
}

/** The decoded form of a message type: `Message<typeof vma_entry>`. */
export type Message<Type> = Type extends MessageType<infer Value> ? Value : never

const unknown = Symbol('unknown fields')

/**
 * Declares a message. `name` and the fields' names are CRIU's: users see them in `inspect raw`.
 * @param fields In order of their numbers, which is the order in which they are shown.
 */
export function message<Table extends Fields>(name: string, fields: Table): MessageType<MessageOf<Table>> {
  // Made for the first message: of the many types that are declared, an archive holds few.
  let plan: DecodingPlan | undefined

  function decode(reader: WireReader): MessageOf<Table> {
    plan ??= planDecoding(fields)
    const { known, requiredNames, repeatedNames, template } = plan
    const value: Record<string | symbol, unknown> = { ...template }
    for (const name of repeatedNames) value[name] = []
    while (!reader.ended) {
      const tag = reader.uint32()
      const wireType = tag & 7
      const field = known[tag >>> 3]
      if (field === undefined) {
        reader.skip(wireType)
        value[unknown] = true
      } else if (field.rule === 'repeated') {
        readRepeated(reader, wireType, field, value[field.name] as unknown[])
      } else if (wireType === field.type.wireType) {
        value[field.name] = field.type.read(reader)
      } else {
        throw wrongWireType(field, wireType)
      }
    }
    const missing = requiredNames.find((required) => value[required] === undefined)
    if (missing !== undefined) throw new WireError(`${name} lacks ${missing}`)
    return value as MessageOf<Table>
  }

  return {
    name,
    wireType: 2,
    fields,
    read(reader) {
      const outerEnd = reader.enter()
      const value = decode(reader)
      reader.leave(outerEnd)
      return value
    },
    decode(reader, where) {
      try {
        return decode(reader)
      } catch (cause) {
        if (!(cause instanceof WireError)) throw cause
        throw new CriuError('BAD_MESSAGE', `${where}: a ${name} can't be decoded: ${cause.message}`, {
          cause,
        })
      }
    },
  }
}

/** A field as decoding finds it by its number. */
interface Known {
  readonly name: string
  readonly rule: FieldRule
  readonly type: FieldType<unknown>
}

interface DecodingPlan {
  /** By their numbers. */
  readonly known: readonly (Known | undefined)[]
  readonly requiredNames: readonly string[]
  readonly repeatedNames: readonly string[]
  /** Copied for each message: to set a property that is there takes less than to add one. */
  readonly template: Readonly<Record<string, undefined>>
}

function planDecoding(fields: Fields): DecodingPlan {
  const known: (Known | undefined)[] = []
  for (const [name, { number, rule, type }] of Object.entries(fields)) known[number] = { name, rule, type }
  const namesOf = (rule: FieldRule) => Object.keys(fields).filter((name) => fields[name]?.rule === rule)
  const requiredNames = namesOf('required')
  const repeatedNames = namesOf('repeated')
  const template = Object.fromEntries([...requiredNames, ...repeatedNames].map((name) => [name, undefined]))
  return { known, requiredNames, repeatedNames, template }
}

/** A message type that is declared only later: of a message that holds others of its kind. */
export const lazy = <Value>(find: () => MessageType<Value>): MessageType<Value> => ({
  get name() {
    return find().name
  },
  wireType: 2,
  get fields() {
    return find().fields
  },
  read: (reader) => find().read(reader),
  decode: (reader, where) => find().decode(reader, where),
})

/** Whether a decoded message has fields that its type doesn't know: a newer CRIU's. */
export const hasUnknownFields = (value: object): boolean => unknown in value

function readRepeated(reader: WireReader, wireType: number, field: Known, values: unknown[]): void {
  if (wireType === field.type.wireType) {
    values.push(field.type.read(reader))
  } else if (wireType === 2) {
    const outerEnd = reader.enter()
    while (!reader.ended) values.push(field.type.read(reader))
    reader.leave(outerEnd)
  } else {
    throw wrongWireType(field, wireType)
  }
}

const wrongWireType = ({ name }: Known, wireType: number): WireError =>
  new WireError(`${name} has wire type ${wireType}`)
