import { bool, hex, message, optional, repeated, required, uint32 } from '../schema/index.ts'

/** Control data of a message; `rights` are files in `files.img`. */
const scm_entry = message('scm_entry', {
  type: required(1, uint32),
  rights: repeated(2, uint32),
})

/** `sk-queues.img`: what waits in a socket, followed by its `length` bytes. */
export const sk_packet_entry = message('sk_packet_entry', {
  /** The file in `files.img` that will read it. */
  id_for: required(1, uint32),
  length: required(2, uint32),
  scm: repeated(4, scm_entry),
})

/** `tcp-stream-INO.img`, INO in hex: a connection, followed by what waits to be read and what is sent. */
export const tcp_stream_entry = message('tcp_stream_entry', {
  inq_len: required(1, uint32),
  inq_seq: required(2, uint32),
  outq_len: required(3, uint32),
  outq_seq: required(4, uint32),
  opt_mask: required(5, uint32, hex),
  snd_wscale: required(6, uint32),
  mss_clamp: required(7, uint32),
  rcv_wscale: optional(8, uint32),
  timestamp: optional(9, uint32),
  cork: optional(10, bool),
  nodelay: optional(11, bool),
  /** How much at the end of what is to be sent was never sent. */
  unsq_len: optional(12, uint32),
  snd_wl1: optional(13, uint32),
  snd_wnd: optional(14, uint32),
  max_window: optional(15, uint32),
  rcv_wnd: optional(16, uint32),
  rcv_wup: optional(17, uint32),
})
