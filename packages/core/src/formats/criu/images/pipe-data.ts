import type { Payload } from '../entries.ts'
import { imageTypes } from '../image-types.ts'
import { imageOfMany } from '../read-image.ts'

/** What waits in a pipe or FIFO. */
export interface PipeData {
  readonly pipeId: number
  /** In the image; several pieces of one pipe follow each other. */
  readonly content: Payload
  /** What F_SETPIPE_SZ has set. */
  readonly capacity?: number
}

const build = (
  { pipe_id, size }: { readonly pipe_id: number; readonly size?: number },
  { payloads: [content = { offset: 0, length: 0 }] }: { readonly payloads: readonly Payload[] },
): PipeData => ({ pipeId: pipe_id, content, ...(size !== undefined && { capacity: size }) })

/** `pipes-data.img` */
export const pipeDataImage = imageOfMany(imageTypes.PIPES_DATA, build)

/** `fifo-data.img` */
export const fifoDataImage = imageOfMany(imageTypes.FIFO_DATA, build)
