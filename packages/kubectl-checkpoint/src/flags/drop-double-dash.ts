import { UsageError } from '../usage-error.ts'
import { longFlags, shortFlags } from './all-flags.ts'

/**
 * `argv` without `--`, the words behind it being targets or archives as all others are: yargs would keep them apart.
 * @throws {UsageError} for a word behind it that begins with a dash, and for a flag before it that lacks its value.
 */
export function dropDoubleDash(argv: readonly string[]): readonly string[] {
  const end = argv.indexOf('--')
  if (end === -1) return argv
  const [before, behind] = [argv.slice(0, end), argv.slice(end + 1)]
  const last = before.at(-1) ?? ''
  const flag = last.startsWith('--') ? longFlags.get(last.slice(2)) : shortFlags.get(last.replace(/^-/, ''))
  if (last.startsWith('-') && flag?.isBoolean === false) throw new UsageError(`${last} needs a value`)
  const dashed = behind.find((word) => word.startsWith('-'))
  if (dashed !== undefined) {
    throw new UsageError(
      `no pod, type or node is called ${dashed}`,
      `For a file of that name, write ./${dashed}`,
    )
  }
  return [...before, ...behind]
}
