import {
  bool,
  bytes,
  enumeration,
  hex,
  message,
  optional,
  repeated,
  required,
  uint32,
} from '../schema/index.ts'
import { fown_entry } from './file-owner.ts'

const winsize_entry = message('winsize_entry', {
  ws_row: required(1, uint32),
  ws_col: required(2, uint32),
  ws_xpixel: required(3, uint32),
  ws_ypixel: required(4, uint32),
})

const termios_entry = message('termios_entry', {
  c_iflag: required(1, uint32),
  c_oflag: required(2, uint32),
  c_cflag: required(3, uint32),
  c_lflag: required(4, uint32),
  c_line: required(5, uint32),
  c_ispeed: required(6, uint32),
  c_ospeed: required(7, uint32),
  c_cc: repeated(8, uint32),
})

const tty_pty_entry = message('tty_pty_entry', {
  index: required(1, uint32),
})

const TtyType = {
  0: 'UNKNOWN',
  1: 'PTY',
  2: 'CONSOLE',
  3: 'VT',
  4: 'CTTY',
  5: 'EXT_TTY',
  6: 'SERIAL',
} as const

/** `tty-info.img`: a terminal. */
export const tty_info_entry = message('tty_info_entry', {
  id: required(1, uint32),
  type: required(2, enumeration(TtyType)),
  locked: required(3, bool),
  exclusive: required(4, bool),
  packet_mode: required(5, bool),
  sid: required(6, uint32),
  pgrp: required(7, uint32),
  rdev: required(8, uint32),
  termios: optional(9, termios_entry),
  termios_locked: optional(10, termios_entry),
  winsize: optional(11, winsize_entry),
  pty: optional(12, tty_pty_entry),
  dev: optional(13, uint32),
  uid: optional(14, uint32),
  gid: optional(15, uint32),
})

/** `tty-data.img`: what was typed and not read. */
export const tty_data_entry = message('tty_data_entry', {
  tty_id: required(1, uint32),
  data: required(2, bytes),
})

export const tty_file_entry = message('tty_file_entry', {
  id: required(1, uint32),
  tty_info_id: required(2, uint32),
  flags: required(3, uint32, hex),
  fown: required(4, fown_entry),
  regf_id: optional(6, uint32),
})
