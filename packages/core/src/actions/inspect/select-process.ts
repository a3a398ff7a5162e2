import type { ProcessDocument, Section } from '../../documents/index.ts'

/** A process without what wasn't asked for. */
export function selectProcess(
  process: ProcessDocument,
  wants: (section: Section) => boolean,
): ProcessDocument {
  const { env, files, locks, sockets, memory, threads, ...summary } = process
  return {
    ...summary,
    threads: wants('threads') ? threads : threads.map(({ tid }) => ({ tid })),
    ...(env && wants('env') && { env }),
    ...(files && wants('files') && { files }),
    ...(locks && wants('files') && { locks }),
    ...(sockets && wants('sockets') && { sockets }),
    ...(memory && wants('memory') && { memory }),
  }
}
