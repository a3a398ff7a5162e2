import { imageTypes } from '../image-types.ts'
import { imageOf, imageOfMany } from '../read-image.ts'

/** A terminal. */
export interface Terminal {
  readonly kind: 'pty' | 'console' | 'vt' | 'controlling' | 'external' | 'serial' | 'unknown'
  /** Of a pseudo terminal: N in `/dev/pts/N`. */
  readonly index?: number
  /** The numbers of its device, which say what it is called. */
  readonly device: { readonly major: number; readonly minor: number }
  readonly session: number
  readonly foregroundGroup: number
  /** Of the other end: nobody opens it while it's set. */
  readonly locked: boolean
  readonly exclusive: boolean
  readonly rows?: number
  readonly columns?: number
  readonly settings?: {
    readonly input: number
    readonly output: number
    readonly control: number
    readonly local: number
  }
  readonly uid?: number
  readonly gid?: number
}

const kinds = ['unknown', 'pty', 'console', 'vt', 'controlling', 'external', 'serial'] as const

/** `tty-info.img`: by the number by which files of `files.img` name it. */
export const terminalsImage = imageOf(imageTypes.TTY_INFO, () => {
  const terminals = new Map<number, Terminal>()
  return {
    add({ message: tty }) {
      terminals.set(tty.id, {
        kind: kinds[tty.type] ?? 'unknown',
        ...(tty.pty && { index: tty.pty.index }),
        device: splitDevice(tty.rdev),
        session: tty.sid,
        foregroundGroup: tty.pgrp,
        locked: tty.locked,
        exclusive: tty.exclusive,
        ...(tty.winsize && { rows: tty.winsize.ws_row, columns: tty.winsize.ws_col }),
        ...(tty.termios && {
          settings: {
            input: tty.termios.c_iflag,
            output: tty.termios.c_oflag,
            control: tty.termios.c_cflag,
            local: tty.termios.c_lflag,
          },
        }),
        ...(tty.uid !== undefined && { uid: tty.uid }),
        ...(tty.gid !== undefined && { gid: tty.gid }),
      })
    },
    end: (): ReadonlyMap<number, Terminal> => terminals,
  }
})

/** As stat(2) gives both numbers in one: mmmMMMmm. */
const splitDevice = (device: number) => ({
  major: (device >>> 8) & 0xfff,
  minor: (device & 0xff) | ((device >>> 12) & 0xfff00),
})

/** What waits to be read at an end of a terminal: what was typed, or printed. */
export interface TerminalInput {
  readonly terminalId: number
  readonly bytes: Uint8Array
}

/** `tty-data.img` */
export const terminalInputImage = imageOfMany(
  imageTypes.TTY_DATA,
  ({ tty_id, data }): TerminalInput => ({ terminalId: tty_id, bytes: data }),
)
