import type { Payload } from '../entries.ts'
import { imageTypes } from '../image-types.ts'
import { imageOfOne } from '../read-image.ts'

const noBytes: Payload = { offset: 0, length: 0 }

/** What TCP knows of a connection. */
export interface TcpStream {
  /** Bytes in the image that have come and weren't read. */
  readonly received: Payload
  /** Bytes in the image that the other side hasn't acknowledged. */
  readonly sent: Payload
  /** Of these at the end, how many were never sent. */
  readonly unsentBytes: number
  /** Of the byte after those received. */
  readonly receiveSequence: number
  /** Of the byte after those sent. */
  readonly sendSequence: number
  readonly maxSegmentSize: number
  readonly sendWindowScale: number
  readonly receiveWindowScale?: number
  readonly timestamp?: number
  readonly hasTimestamps: boolean
  readonly hasSelectiveAcknowledgements: boolean
  readonly hasWindowScale: boolean
  readonly sendWindow?: number
  readonly receiveWindow?: number
}

/** TCPI_OPT_ bits. */
const timestamps = 1
const selectiveAcknowledgements = 2
const windowScale = 4

/** `tcp-stream-INO.img`, INO in hexadecimal and of the socket. */
export const tcpStreamImage = imageOfOne(
  imageTypes.TCP_STREAM,
  (stream, { payloads: [received = noBytes, sent = noBytes] }): TcpStream => ({
    received,
    sent,
    unsentBytes: stream.unsq_len ?? 0,
    receiveSequence: stream.inq_seq,
    sendSequence: stream.outq_seq,
    maxSegmentSize: stream.mss_clamp,
    sendWindowScale: stream.snd_wscale,
    ...(stream.rcv_wscale !== undefined && { receiveWindowScale: stream.rcv_wscale }),
    ...(stream.timestamp !== undefined && { timestamp: stream.timestamp }),
    hasTimestamps: (stream.opt_mask & timestamps) !== 0,
    hasSelectiveAcknowledgements: (stream.opt_mask & selectiveAcknowledgements) !== 0,
    hasWindowScale: (stream.opt_mask & windowScale) !== 0,
    ...(stream.snd_wnd !== undefined && { sendWindow: stream.snd_wnd }),
    ...(stream.rcv_wnd !== undefined && { receiveWindow: stream.rcv_wnd }),
  }),
)
