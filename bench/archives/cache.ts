import { existsSync } from 'node:fs'
import { mkdir, rename, rm } from 'node:fs/promises'
import { homedir } from 'node:os'
import { join } from 'node:path'

/** Where archives of gigabytes and programs built for the bench stay, for the next time. */
export const cacheFolder = join(
  process.env.XDG_CACHE_HOME || join(homedir(), '.cache'),
  'kubectl-checkpoint-bench',
)

/** The path of what `make` makes, done once; whoever changes how it is made changes its name. */
export async function madeOnce(name: string, make: (path: string) => Promise<void>): Promise<string> {
  const path = join(cacheFolder, name)
  if (existsSync(path)) return path
  process.stderr.write(`making ${path}\n`)
  const partial = `${path}.partial`
  await mkdir(cacheFolder, { recursive: true })
  await rm(partial, { recursive: true, force: true })
  await make(partial)
  await rename(partial, path)
  return path
}
