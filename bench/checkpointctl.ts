import { execFile } from 'node:child_process'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { madeOnce } from './archives/cache.ts'
import type { Command } from './command.ts'

const version = 'v1.6.0'

/**
 * The path of checkpointctl: `$CHECKPOINTCTL`, or built with Go.
 * @throws if neither is there.
 */
async function findCheckpointctl(): Promise<string> {
  if (process.env.CHECKPOINTCTL) return process.env.CHECKPOINTCTL
  const folder = await madeOnce(`checkpointctl-${version}`, async (path) => {
    const env = { ...process.env, GOBIN: path }
    await promisify(execFile)('go', ['install', `github.com/checkpoint-restore/checkpointctl@${version}`], {
      env,
    })
  })
  return join(folder, 'checkpointctl')
}

export const checkpointctl = async (...words: readonly string[]): Promise<Command> => ({
  name: ['checkpointctl', ...words.filter((word) => !word.startsWith('/'))].join(' '),
  argv: [await findCheckpointctl(), ...words],
})
