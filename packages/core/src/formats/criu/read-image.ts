import type { ByteSource, ReadOptions } from '../../bytes/index.ts'
import type { Entry } from './entries.ts'
import { CriuError } from './errors.ts'
import type { ImageType } from './image-type.ts'
import { readEntries } from './read-entries.ts'

/** A kind of image as a value of our own. */
export interface ImageKind<Value> {
  /** @throws {CriuError} every code. */
  readonly read: (source: ByteSource, options: ReadOptions) => Promise<Value>
}

// A page map of this length describes over a million runs. Decoded, it takes some hundred MiB.
const maxMessagesLength = 32 * 1024 * 1024

/**
 * Reads an image: `readImage(pstreeImage, source)`. A read for each megabyte of it; what follows messages stays where
 * it is.
 * @throws {CriuError} every code.
 */
export const readImage = <Value>(
  kind: ImageKind<Value>,
  source: ByteSource,
  options: ReadOptions = {},
): Promise<Value> => kind.read(source, options)

/**
 * A kind that is built from entries one after another, which aren't held: the millions of a large page map would take
 * many times the memory of the image.
 * @param start Gives what takes the entries of one image and in the end its value. `where`: the source's label.
 */
export const imageOf = <Message, Value>(
  type: ImageType<Message>,
  start: (where: string) => { add(entry: Entry<Message>): void; end(): Value },
): ImageKind<Value> => ({
  async read(source, options) {
    const building = start(source.label)
    let left = maxMessagesLength
    for await (const batch of readEntries(type, source, options)) {
      for (const entry of batch) {
        // With the length in front of it: a crafted image may hold millions of messages of none.
        left -= 4 + entry.length
        if (left < 0) {
          throw new CriuError(
            'IMAGE_TOO_LARGE',
            `${source.label}: more than ${maxMessagesLength} bytes of messages`,
          )
        }
        building.add(entry)
      }
    }
    return building.end()
  },
})

/** A kind of exactly one message. */
export const imageOfOne = <Message, Value>(
  type: ImageType<Message>,
  build: (message: Message, entry: Entry<Message>) => Value,
): ImageKind<Value> =>
  imageOf(type, (where) => {
    const values: Value[] = []
    return {
      add(entry) {
        if (values.length > 0) throw notOne(type, where)
        values.push(build(entry.message, entry))
      },
      end() {
        for (const value of values) return value
        throw notOne(type, where)
      },
    }
  })

/** A kind of any number of messages, each of which stands for itself. */
export const imageOfMany = <Message, Value>(
  type: ImageType<Message>,
  build: (message: Message, entry: Entry<Message>) => Value,
): ImageKind<readonly Value[]> =>
  imageOf(type, () => {
    const values: Value[] = []
    return {
      add: (entry) => {
        values.push(build(entry.message, entry))
      },
      end: () => values,
    }
  })

const notOne = (type: ImageType<unknown>, where: string): CriuError =>
  new CriuError('BAD_MESSAGE', `${where}: not exactly one ${type.layout.type.name}`)
