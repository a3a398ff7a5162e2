import { deepEqual, equal, ok } from 'node:assert/strict'
import {
  type Payload,
  readImage,
  type TcpStream,
  tcpStreamImage,
} from '@kubectl-checkpoint/core/formats/criu'
import { readSet } from '../real-images.ts'

const images = readSet('sockets').filter(({ path }) => path.startsWith('tcp-stream-'))
const streams = async () =>
  await Promise.all(
    images.map(async ({ source }) => {
      const stream = await readImage(tcpStreamImage, source)
      const text = async ({ offset, length }: Payload) =>
        Buffer.from(await source.read(offset, length)).toString()
      return { ...stream, receivedText: await text(stream.received), sentText: await text(stream.sent) }
    }),
  )

describe('tcpStreamImage', () => {
  it('knows where the bytes are that came and were not read', async () => {
    const texts = (await streams()).map(({ receivedText }) => receivedText)
    for (const text of ['TO-THE-CLIENT-1', 'TO-THE-SERVER', 'OVER-IPV6']) ok(texts.includes(text), text)
  })
  it('knows which bytes were sent to one that does not read, and how many of them not even that', async () => {
    const full = (await streams()).find(({ sent }) => sent.length > 0)
    ok(full)
    ok(/^[A-Z]+$/.test(full.sentText) && full.unsentBytes <= full.sent.length)
  })
  it('counts bytes from the same numbers at both ends', async () => {
    const found = await streams()
    const client = found.find(({ receivedText }) => receivedText === 'TO-THE-CLIENT-1')
    const server = found.find(({ receivedText }) => receivedText === 'TO-THE-SERVER')
    equal(client?.sendSequence, server?.receiveSequence)
    equal(client?.receiveSequence, server?.sendSequence)
  })
  it('tells what both ends agreed upon', async () => {
    const [
      { hasTimestamps, hasSelectiveAcknowledgements, hasWindowScale, maxSegmentSize } = {} as TcpStream,
    ] = await streams()
    deepEqual(
      { hasTimestamps, hasSelectiveAcknowledgements, hasWindowScale },
      { hasTimestamps: true, hasSelectiveAcknowledgements: true, hasWindowScale: true },
    )
    // The loopback interface's.
    equal(maxSegmentSize, 65_495)
  })
})
