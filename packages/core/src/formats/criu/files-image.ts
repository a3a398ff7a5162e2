import { file_entrySchema } from './gen/images_pb.ts'
import { parseMessage } from './message.ts'
import type { ImageKind } from './read-image.ts'

/** Paths of regular files by their id. */
export type RegularFiles = ReadonlyMap<number, string>

/** `files.img`, of whose many kinds of files the regular ones are kept. */
export const filesImage: ImageKind<RegularFiles> = {
  magic: 0x56303138,
  parse: (messages, where) =>
    new Map(
      Iterator.from(messages).flatMap((message) => {
        const { id, reg } = parseMessage(file_entrySchema, message, where)
        return reg ? [[id, reg.name] as const] : []
      }),
    ),
}
