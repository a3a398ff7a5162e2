import { deepEqual, equal, ok, rejects } from 'node:assert/strict'
import { memorySource } from '@kubectl-checkpoint/core/bytes'
import {
  type CritEntry,
  type ImageType,
  readCritEntries,
  readImageType,
} from '@kubectl-checkpoint/core/formats/criu'
import { imageTypes } from '../../../src/formats/criu/image-types.ts'
import { bpfmap_data_entry } from '../../../src/formats/criu/messages/bpf.ts'
import { ghost_chunk_entry, ghost_file_entry } from '../../../src/formats/criu/messages/hidden-files.ts'
import { pipe_data_entry } from '../../../src/formats/criu/messages/pipes.ts'
import { craftImage, craftMessage, words } from './craft-image.ts'
import { archives, type RealImage, readArchivedImages, readSet, sets } from './real-images.ts'

/** As text, since the order of fields counts; integers beyond a double's as what they are in the recordings. */
const toText = (value: unknown): string =>
  JSON.stringify(value, (_name, one: unknown) => {
    if (typeof one !== 'bigint') return one
    return Number.isSafeInteger(Number(one)) ? Number(one) : `${one}n`
  })

async function compare(image: RealImage): Promise<string | undefined> {
  if (!image.recorded) {
    await rejects(readImageType(image.source), { code: 'UNKNOWN_IMAGE' }, image.path)
    return undefined
  }
  const type = await readImageType(image.source)
  // The one type on which CRIT is wrong: see below.
  if (type === imageTypes.IPCNS_SHM) return type.name
  for (const form of ['show', 'decode'] as const) {
    const options = { pretty: form === 'show', payloads: true }
    const entries = await Array.fromAsync(readCritEntries(type, image.source, options))
    equal(toText({ magic: type.name, entries }), toText(image.recorded[form]), `${image.path} ${form}`)
  }
  return type.name
}

describe('readCritEntries', () => {
  const seen = new Set<string | undefined>()
  for (const name of archives) {
    it(`says of all images of ${name} what CRIT says`, async () => {
      for (const image of await readArchivedImages(name)) seen.add(await compare(image))
    })
  }
  for (const name of sets) {
    it(`says of the images of ${name} what CRIT says`, async () => {
      for (const image of readSet(name)) seen.add(await compare(image))
    })
  }
  it('finds each segment of shared memory, where CRIT takes the next message for the content of the one before', async () => {
    const image = readSet('namespaces').find(({ recorded }) => recorded?.decode.magic === 'IPCNS_SHM')
    ok(image?.recorded)
    const options = { pretty: false, payloads: true }
    const entries = await Array.fromAsync(readCritEntries(imageTypes.IPCNS_SHM, image.source, options))
    ok(entries.length > image.recorded.decode.entries.length)
    // CRIU has put the content into page maps for long, and says so.
    ok(entries.every(({ in_pagemaps, extra }) => in_pagemaps === true && extra === ''))
  })
  it('was compared on every type of image that CRIU 4 writes, but those that need more than a container', () => {
    const missing = Object.keys(imageTypes).filter((name) => !seen.has(name))
    deepEqual(missing.slice(0, missing.indexOf('REG_FILES')), [
      // The policies of AppArmor namespaces; binfmt_misc mounted in a user namespace; maps of eBPF.
      'APPARMOR',
      'BINFMT_MISC',
      'BPFMAP_DATA',
    ])
  })
})

const read = async (type: ImageType<unknown>, bytes: Uint8Array, payloads = true): Promise<CritEntry[]> =>
  Array.fromAsync(readCritEntries(type, memorySource(bytes, 'crafted'), { pretty: true, payloads }))
const framed = (message: Uint8Array) => Buffer.concat([words(message.length), message])

describe('the extra of an entry', () => {
  it('is its data in lines of base64', async () => {
    const image = Buffer.concat([
      craftImage(imageTypes.PIPES_DATA.magic, [craftMessage(pipe_data_entry, { pipe_id: 1, bytes: 60 })]),
      Buffer.alloc(60, 'a'),
    ])
    deepEqual(await read(imageTypes.PIPES_DATA, image), [
      { pipe_id: 1, bytes: 60, extra: `${'YWFh'.repeat(19)}\n${'YWFh'}\n` },
    ])
  })
  it('is its size without payloads, in units of 1024', async () => {
    const sizes = [0, 1023, 1024, 1536, 3 * 2 ** 20]
    const image = Buffer.concat([
      craftImage(imageTypes.PIPES_DATA.magic, []),
      ...sizes.flatMap((bytes) => [framed(craftMessage(pipe_data_entry, { bytes })), Buffer.alloc(bytes)]),
    ])
    deepEqual(
      (await read(imageTypes.PIPES_DATA, image, false)).map(({ extra }) => extra),
      ['... <0B>', '... <1023B>', '... <1KB>', '... <1.5KB>', '... <3MB>'],
    )
  })
  it('is with each piece of a ghost file, and with the whole of one without holes', async () => {
    const { GHOST_FILE } = imageTypes
    const whole = Buffer.concat([
      craftImage(GHOST_FILE.magic, [craftMessage(ghost_file_entry, {})]),
      Buffer.from('abc'),
    ])
    const inPieces = Buffer.concat([
      craftImage(GHOST_FILE.magic, [craftMessage(ghost_file_entry, { chunks: true })]),
      framed(craftMessage(ghost_chunk_entry, { len: 3n, off: 8n })),
      Buffer.from('abc'),
    ])
    const head = { uid: 0, gid: 0, mode: 0 }
    deepEqual(await read(GHOST_FILE, whole), [{ ...head, extra: 'YWJj\n' }])
    deepEqual(await read(GHOST_FILE, whole, false), [head])
    deepEqual(await read(GHOST_FILE, inPieces), [
      { ...head, chunks: true },
      { len: 3n, off: 8n, extra: 'YWJj\n' },
    ])
  })
  it('is keys and values of a map of eBPF', async () => {
    const entry = { map_id: 1, keys_bytes: 1, values_bytes: 2, count: 1 }
    const image = Buffer.concat([
      craftImage(imageTypes.BPFMAP_DATA.magic, [craftMessage(bpfmap_data_entry, entry)]),
      Buffer.from('abc'),
    ])
    deepEqual(await read(imageTypes.BPFMAP_DATA, image), [{ ...entry, extra: 'YWJj\n' }])
  })
  it('is not made of more than fits into a string', async () => {
    const image = Buffer.concat([
      craftImage(imageTypes.PIPES_DATA.magic, [craftMessage(pipe_data_entry, { bytes: 2 ** 29 })]),
    ])
    const source = {
      label: 'huge',
      size: image.length + 2 ** 29,
      read: async (offset: number, length: number) => {
        ok(offset + length < 2 ** 20, 'the data must not be read')
        return Buffer.concat([image, Buffer.alloc(length)]).subarray(offset, offset + length)
      },
    }
    const options = { pretty: true, payloads: true }
    await rejects(Array.fromAsync(readCritEntries(imageTypes.PIPES_DATA, source, options)), {
      code: 'IMAGE_TOO_LARGE',
    })
    equal(
      (await Array.fromAsync(readCritEntries(imageTypes.PIPES_DATA, source, { ...options, payloads: false })))
        .length,
      1,
    )
  })
})
