import { CriuError } from '../errors.ts'
import type { MessageType } from '../schema/index.ts'

/**
 * Decodes the message of an image that holds exactly one.
 * @throws {CriuError} BAD_MESSAGE
 */
export function parseOnlyMessage<Value>(
  type: MessageType<Value>,
  messages: Iterable<Uint8Array>,
  where: string,
): Value {
  const [only, another] = messages
  if (!only || another) throw new CriuError('BAD_MESSAGE', `${where}: not exactly one ${type.name}`)
  return type.parse(only, where)
}
