/**
 * An object in what an engine wrote, read as far as it is what it should be: engines and their versions differ, and a
 * value of another type counts as absent.
 */
export interface JsonObject {
  /** The object itself. */
  readonly value: Readonly<Record<string, unknown>>
  /** A text that isn't empty: the empty one is Go's word for none. */
  text(key: string): string | undefined
  /** A number without a fraction that JSON gives exactly. */
  integer(key: string): number | undefined
  boolean(key: string): boolean
  /** An empty one where there is none. */
  object(key: string): JsonObject
  /** The texts of a list. */
  texts(key: string): readonly string[]
  integers(key: string): readonly number[]
  /** The objects of a list. */
  objects(key: string): readonly JsonObject[]
  /** Those of its values that are texts, by their keys: labels, annotations. */
  textsByKey(): Readonly<Record<string, string>>
}

export function jsonObject(json: unknown): JsonObject {
  const value = isObject(json) ? json : {}
  const get = (key: string): unknown => (Object.hasOwn(value, key) ? value[key] : undefined)
  const listOf = (key: string): readonly unknown[] => {
    const list = get(key)
    return Array.isArray(list) ? list : []
  }
  return {
    value,
    text(key) {
      const text = get(key)
      return typeof text === 'string' && text !== '' ? text : undefined
    },
    integer(key) {
      const number = get(key)
      return isInteger(number) ? number : undefined
    },
    boolean: (key) => get(key) === true,
    object: (key) => jsonObject(get(key)),
    texts: (key) => listOf(key).filter(isText),
    integers: (key) => listOf(key).filter(isInteger),
    objects: (key) => listOf(key).filter(isObject).map(jsonObject),
    textsByKey: () =>
      Object.fromEntries(
        Object.entries(value).filter((entry): entry is [string, string] => isText(entry[1])),
      ),
  }
}

/** The object in a text of JSON: annotations hold such. Empty where the text is none. */
export const parseJsonObject = (text: string | undefined): JsonObject => jsonObject(parseJsonValue(text))

/** The objects of the list in a text of JSON. */
export const parseJsonObjects = (text: string | undefined): readonly JsonObject[] =>
  jsonObject({ list: parseJsonValue(text) }).objects('list')

function parseJsonValue(text: string | undefined): unknown {
  try {
    return JSON.parse(text ?? '')
  } catch {
    return undefined
  }
}

const isObject = (json: unknown): json is Readonly<Record<string, unknown>> =>
  typeof json === 'object' && json !== null && !Array.isArray(json)
const isText = (json: unknown): json is string => typeof json === 'string'
const isInteger = (json: unknown): json is number => Number.isSafeInteger(json)
