import { type RawImage, readRawImages } from '@kubectl-checkpoint/core/actions'
import { openContext } from '../context.ts'
import { follow } from '../follow.ts'
import type { Io } from '../io.ts'
import { type OutputFormat, parseOutputFormat } from '../output/format.ts'
import { describeSkippedImages, rawImageText } from '../output/raw-image.ts'
import { showFailures } from '../show.ts'
import { UsageError } from '../usage-error.ts'
import type { InspectRawFlags } from './inspect-raw.ts'

export async function runInspectRaw(flags: InspectRawFlags, io: Io): Promise<number> {
  const format = await parseOutputFormat(flags.output)
  if (flags.output === 'wide' || format.kind === 'name') {
    throw new UsageError(`-o ${flags.output} is not for images; there are json, yaml and jsonpath=TEMPLATE`)
  }
  await using context = openContext(flags, io)
  const request = {
    ...splitArchive(flags.images),
    pretty: format.kind === 'text',
    payloads: !flags['no-payload'],
    ...(flags.container === undefined ? {} : { container: flags.container }),
    ...(flags['keep-spool'] ? { keepSpool: true } : {}),
  }
  const print = (image: RawImage) => printImage(image, format, io)
  const result = await follow(readRawImages(request, print, context, { signal: io.signal }), io)
  io.stderr.write(describeSkippedImages(result.skipped))
  return showFailures(result.failures, result.read, io)
}

/** Images have this ending wherever they lie, archives don't. */
const imageEnding = '.img'

function splitArchive(words: readonly string[]): { images: readonly string[]; archive?: string } {
  const [archive = '', ...images] = words
  return images.length === 0 || archive.endsWith(imageEnding) ? { images: words } : { archive, images }
}

async function printImage(image: RawImage, format: OutputFormat, io: Io): Promise<void> {
  for await (const text of rawImageText(image, format)) {
    if (!(await write(text, io))) return
  }
}

/** Waits until the text is on its way; false if its reader has left, as `head` does. */
const write = (text: string, { stdout }: Io): Promise<boolean> =>
  new Promise((resolve) => stdout.write(text, (error) => resolve(!error)))
