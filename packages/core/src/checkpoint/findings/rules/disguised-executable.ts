import { baseName, isWithin } from '../paths.ts'
import type { Rule } from '../rule.ts'
import { clip, nameProcess } from '../wording.ts'

/** Folders that no list shows, or that look like none: `/tmp/.x/`, `/usr/bin/.../`. Those of version managers are not. */
const hidesIn = (path: string): boolean =>
  baseName(path).startsWith('.') ||
  path.split('/').some((part) => /^[.\s]{2,}$/.test(part)) ||
  ['/tmp', '/var/tmp', '/dev', '/run'].some((folder) => isWithin(path, folder) && path.includes('/.'))

/** Line breaks, escapes and other characters that terminals don't show, or show as something else. */
const unseen = /[^\S ]|[\p{Cc}\p{Cf}\p{Co}\p{Cn}]/u
/** Of spaces that begin or end a name, or lie in that of the program itself. */
const misleads = (path: string): boolean => / \/|\/ /.test(path) || baseName(path).includes(' ')

export const disguisedExecutable: Rule = {
  id: 'disguised-executable',
  severity: 'high',
  title: 'The path of an executable hides it',
  *find({ processes }) {
    for (const process of processes) {
      const { pid, exe } = process
      if (exe === undefined || !(hidesIn(exe) || unseen.test(exe) || misleads(exe))) continue
      // In quotes, and with escapes, so that a space or a line break can be seen.
      yield { pid, place: exe, evidence: `${nameProcess(process)} runs ${clip(JSON.stringify(exe))}` }
    }
  },
}
