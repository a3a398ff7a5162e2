import type { MessageType } from './schema/index.ts'

/** How one or more messages of an image follow each other. */
export interface Layout<Message> {
  readonly type: MessageType<Message>
  /** Lengths of what follows a message and is none. Infinity: all that is left. */
  payloadLengths?(message: Message): readonly number[]
  /** Each payload is filled up with zeros to a multiple of this many bytes. */
  readonly alignment?: number
  /** Messages of another type that belong to a message and follow it. */
  readonly inner?: { count(message: Message): number; readonly layout: Layout<Message> }
  /** How those after the first one follow, if not as it does. */
  readonly next?: Layout<Message>
}

/**
 * A type of image files. Before its magic word stands the word COMMON, or SERVICE where the image is CRIU's own
 * business; neither in the inventory and in images of old CRIU.
 */
export interface ImageType<Message> {
  /** CRIT's name of it. */
  readonly name: string
  readonly magic: number
  readonly layout: Layout<Message>
}

/** An image of messages of one type, with nothing between them. */
export const messages = <Message>(
  name: string,
  magic: number,
  type: MessageType<Message>,
): ImageType<Message> => ({ name, magic, layout: { type } })

/** An image whose messages are each followed by bytes of these lengths. */
export const messagesWithPayload = <Message>(
  name: string,
  magic: number,
  type: MessageType<Message>,
  payloadLengths: (message: Message) => readonly number[],
  alignment?: number,
): ImageType<Message> => ({
  name,
  magic,
  layout: { type, payloadLengths, ...(alignment === undefined ? {} : { alignment }) },
})
