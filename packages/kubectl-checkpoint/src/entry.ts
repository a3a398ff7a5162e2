#!/usr/bin/env node
// Everything else may use syntax that an old Node.js can't even read, so this file checks first, in plain words, what
// `engines` in package.json says.
import { guardResult } from './guard-streams.ts'
import { findPreparedHelp } from './prepared-help.ts'

const [major = 0, minor = 0, patch = 0] = process.versions.node.split('.').map(Number)
const isSupported =
  (major === 22 && (minor > 22 || (minor === 22 && patch >= 2))) ||
  (major === 24 && minor >= 15) ||
  major >= 26

/** Much of Node.js fails in a folder that was deleted meanwhile, where paths mean nothing. */
function hasFolder(): boolean {
  try {
    return process.cwd() !== ''
  } catch {
    process.stderr.write('error: the current folder is gone; go to another one\n')
    process.exitCode = 1
    return false
  }
}

if (isSupported) {
  const help = findPreparedHelp(process.argv.slice(2), process.argv[1] || '', process.stdout.columns)
  if (help !== undefined) {
    guardResult(process.stdout, () => process.stderr).write(help)
  } else if (hasFolder()) {
    const { enableCompileCache } = process.getBuiltinModule('node:module')
    const { homedir } = process.getBuiltinModule('node:os')
    // Not Node's default below the shared temporary folder: compiled code there could be anybody's.
    const caches = process.env.LOCALAPPDATA || process.env.XDG_CACHE_HOME || `${homedir()}/.cache`
    enableCompileCache(`${caches}/kubectl-checkpoint`)
    // Not awaited: waiting at the top level is newer syntax, too.
    import('./bin.ts')
  }
} else {
  process.stderr.write(
    `error: kubectl-checkpoint needs Node.js 22 from 22.22.2, 24 from 24.15, or 26 or newer; this is ${process.versions.node}, at ${process.execPath}\n`,
  )
  process.exitCode = 1
}
