/** What `crit show` makes of a number; `crit decode` leaves it a number. */
export type Presentation =
  /** `0x1f`; of a message: all numbers in it. */
  | { readonly kind: 'hex' }
  /** `PROT_READ | PROT_WRITE`, and what has no name in hex. */
  | { readonly kind: 'flags'; readonly bits: readonly (readonly [name: string, bit: number])[] }
  /** A name for a number; numbers without one stay. */
  | { readonly kind: 'names'; readonly names: Readonly<Record<number, string>> }
  /** A device number as `major:minor`, in the kernel's coding or in that of stat(2). */
  | { readonly kind: 'device'; readonly coding: 'kernel' | 'stat' }
  /** Words of an IP address, each in network order, as one text. */
  | { readonly kind: 'ip-address' }
  /** Bytes in quoted-printable, which readers of names can read. */
  | { readonly kind: 'quoted-printable' }

export const hex: Presentation = { kind: 'hex' }
export const ipAddress: Presentation = { kind: 'ip-address' }
export const kernelDevice: Presentation = { kind: 'device', coding: 'kernel' }
export const statDevice: Presentation = { kind: 'device', coding: 'stat' }
export const quotedPrintable: Presentation = { kind: 'quoted-printable' }
export const flags = (bits: Readonly<Record<string, number>>): Presentation => ({
  kind: 'flags',
  bits: Object.entries(bits),
})
export const names = (names: Readonly<Record<number, string>>): Presentation => ({ kind: 'names', names })
