import { readFileSync } from 'node:fs'

/** The most memory that a process had so far, in bytes; undefined where there is no /proc, or no such process. */
export function readPeakMemory(pid: number): number | undefined {
  try {
    // Linux keeps the greatest resident set of each process.
    const [, kibibytes] = /^VmHWM:\s+(\d+) kB$/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8')) ?? []
    return kibibytes === undefined ? undefined : Number(kibibytes) * 1024
  } catch {
    return undefined
  }
}
