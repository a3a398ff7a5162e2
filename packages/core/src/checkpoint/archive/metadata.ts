import { ArchiveError } from './errors.ts'

/** What is used of `config.dump`. */
export interface ConfigDump {
  readonly id: string
  readonly name: string
  /** The image as the user named it. */
  readonly rootfsImageName?: string
  /** The image's ID, or its name with a digest. */
  readonly rootfsImageRef?: string
  /** Podman's word for the same. */
  readonly rootfsImageID?: string
  readonly runtime?: string
  readonly createdTime?: Date
  readonly checkpointedTime?: Date
  /** The ID of Podman's pod. */
  readonly pod?: string
}

/** What is used of `spec.dump`, an OCI runtime specification. */
export interface SpecDump {
  readonly annotations: Readonly<Record<string, string>>
}

/** @throws {ArchiveError} BAD_METADATA */
export function parseJson(bytes: Uint8Array, where: string): unknown {
  try {
    return JSON.parse(new TextDecoder().decode(bytes))
  } catch (cause) {
    throw badMetadata(where, 'it is not JSON', cause)
  }
}

/** @throws {ArchiveError} BAD_METADATA */
export function parseConfigDump(json: unknown, where: string): ConfigDump {
  const fields = parseObject(json, 'it', where)
  return {
    id: demandText(fields, 'id', where),
    name: demandText(fields, 'name', where),
    ...findText(fields, 'rootfsImageName', where),
    ...findText(fields, 'rootfsImageRef', where),
    ...findText(fields, 'rootfsImageID', where),
    ...findText(fields, 'runtime', where),
    ...findText(fields, 'pod', where),
    ...findTime(fields, 'createdTime', where),
    ...findTime(fields, 'checkpointedTime', where),
  }
}

/** @throws {ArchiveError} BAD_METADATA */
export function parseSpecDump(json: unknown, where: string): SpecDump {
  const annotations = parseObject(parseObject(json, 'it', where).annotations ?? {}, 'annotations', where)
  if (!Object.values(annotations).every((value) => typeof value === 'string')) {
    throw badMetadata(where, 'annotations: one is not a text')
  }
  return { annotations: annotations as Record<string, string> }
}

type Fields = Readonly<Record<string, unknown>>

function parseObject(json: unknown, what: string, where: string): Fields {
  if (typeof json === 'object' && json !== null && !Array.isArray(json)) return json as Fields
  throw badMetadata(where, `${what}: not an object`)
}

/** An empty text is Go's way to say that there is none. */
function findText<Key extends string>(fields: Fields, key: Key, where: string): { [key in Key]?: string } {
  const value = fields[key] ?? ''
  if (typeof value !== 'string') throw badMetadata(where, `${key}: not a text`)
  return value === '' ? {} : ({ [key]: value } as { [key in Key]: string })
}

function demandText(fields: Fields, key: string, where: string): string {
  const value = findText(fields, key, where)[key]
  if (value === undefined) throw badMetadata(where, `${key}: missing`)
  return value
}

/** Go's zero time stands for "never". */
function findTime<Key extends string>(fields: Fields, key: Key, where: string): { [key in Key]?: Date } {
  const text: string | undefined = findText(fields, key, where)[key]
  if (text === undefined || text.startsWith('0001-01-01T00:00:00')) return {}
  const time = new Date(text)
  if (Number.isNaN(time.getTime())) throw badMetadata(where, `${key}: not a time`)
  return { [key]: time } as { [key in Key]: Date }
}

const badMetadata = (where: string, reason: string, cause?: unknown): ArchiveError =>
  new ArchiveError('BAD_METADATA', `${where} is not as an engine writes it: ${reason}`, { cause })
