import { CriuError } from '../errors.ts'
import type { Field, FieldRule, Fields, FieldType } from './field.ts'
import { WireError, WireReader } from './wire-reader.ts'

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
   * Decodes a whole message.
   * @param where For messages: the source's label.
   * @throws {CriuError} BAD_MESSAGE, also where a required field is missing.
   */
  readonly parse: (bytes: Uint8Array, where: string) => Value
}

/** The decoded form of a message type: `Message<typeof vma_entry>`. */
export type Message<Type> = Type extends MessageType<infer Value> ? Value : never

const unknown = Symbol('unknown fields')
const none: ReadonlySet<number> = new Set()

/**
 * Declares a message. `name` and the fields' names are CRIU's: users see them in `inspect raw`.
 * @param fields In order of their numbers, which is the order in which they are shown.
 */
export function message<Table extends Fields>(name: string, fields: Table): MessageType<MessageOf<Table>> {
  const byNumber = new Map(Object.entries(fields).map(([name, field]) => [field.number, { name, field }]))
  const namesOf = (rule: FieldRule) => Object.keys(fields).filter((name) => fields[name]?.rule === rule)
  const requiredNames = namesOf('required')
  const repeatedNames = namesOf('repeated')

  function read(reader: WireReader): MessageOf<Table> {
    const value: Record<string | symbol, unknown> = {}
    for (const name of repeatedNames) value[name] = []
    while (!reader.ended) {
      const tag = reader.uint32()
      const found = byNumber.get(tag >>> 3)
      const wireType = tag & 7
      if (!found) {
        reader.skip(wireType)
        noteUnknown(value, tag >>> 3)
      } else if (found.field.rule === 'repeated') {
        readRepeated(reader, wireType, found.field.type, value[found.name] as unknown[])
      } else if (wireType === found.field.type.wireType) {
        value[found.name] = found.field.type.read(reader)
      } else {
        throw new WireError(`${found.name} has wire type ${wireType}`)
      }
    }
    const missing = requiredNames.find((required) => !(required in value))
    if (missing) throw new WireError(`${name} lacks ${missing}`)
    return value as MessageOf<Table>
  }

  return {
    name,
    wireType: 2,
    fields,
    read: (reader) => read(reader.nested()),
    parse(bytes, where) {
      try {
        return read(new WireReader(bytes))
      } catch (cause) {
        if (!(cause instanceof WireError)) throw cause
        throw new CriuError('BAD_MESSAGE', `${where}: a ${name} can't be decoded: ${cause.message}`, {
          cause,
        })
      }
    },
  }
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
  parse: (bytes, where) => find().parse(bytes, where),
})

function noteUnknown(value: Record<symbol, unknown>, number: number): void {
  const numbers = value[unknown]
  if (numbers instanceof Set) numbers.add(number)
  else value[unknown] = new Set([number])
}

/** Numbers of the fields in a decoded message that its type doesn't know: a newer CRIU's. */
export const unknownFields = (value: object): ReadonlySet<number> =>
  (value as Readonly<Record<symbol, ReadonlySet<number> | undefined>>)[unknown] ?? none

function readRepeated(
  reader: WireReader,
  wireType: number,
  type: FieldType<unknown>,
  values: unknown[],
): void {
  if (wireType === type.wireType) {
    values.push(type.read(reader))
  } else if (wireType === 2) {
    const packed = reader.nested()
    while (!packed.ended) values.push(type.read(packed))
  } else {
    throw new WireError(`a repeated ${type.name} has wire type ${wireType}`)
  }
}
