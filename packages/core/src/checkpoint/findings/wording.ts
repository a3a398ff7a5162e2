import type { ProcessDocument } from '../../documents/index.ts'

const longest = 200

/** A text of the archive in evidence: of bearable length, otherwise as it is. */
export const clip = (text: string): string => (text.length > longest ? `${text.slice(0, longest)}…` : text)

/** `PID 7 (kdevtmpfsi)`; without a name, if that could not be read. */
export const nameProcess = ({ pid, comm }: Pick<ProcessDocument, 'pid' | 'comm'>): string =>
  comm === '' ? `PID ${pid}` : `PID ${pid} (${clip(comm)})`
