import type { Inspection, MappingDocument, ProcessDocument } from '../../../src/documents/index.ts'

export const process = (
  pid: number,
  ppid: number,
  exe: string,
  args: readonly string[] = [exe],
  more: Partial<ProcessDocument> = {},
): ProcessDocument => ({
  ...{ pid, ppid, exe, args, comm: exe.split('/').at(-1) ?? '', state: 'running', threads: [{ tid: pid }] },
  ...more,
})

export const mapping = (
  start: number,
  end: number,
  path?: string,
  more: Partial<MappingDocument> = {},
): MappingDocument => ({
  start: `0x${start.toString(16)}`,
  end: `0x${end.toString(16)}`,
  permissions: 'rw-p',
  ...(path !== undefined && { path }),
  presentBytes: end - start,
  ...more,
})

export const inspection = (more: Partial<Inspection> = {}): Inspection => ({
  apiVersion: 'kubectl-checkpoint/v1',
  kind: 'Inspection',
  archive: { label: 'a.tar', size: 1, kind: 'checkpoint', bytesRead: 0, reads: 0 },
  container: { name: 'app', id: 'c1', image: 'app:1' },
  sizes: { memoryBytes: 0, imageBytes: 0, rootfsDiffBytes: 0, volumeBytes: 0 },
  processes: [],
  findings: [],
  unknownImages: [],
  unreadable: [],
  ...more,
})
