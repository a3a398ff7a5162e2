import { execFile } from 'node:child_process'
import { PassThrough } from 'node:stream'
import { promisify } from 'node:util'
import type { ExecSession } from '../../../src/remote/cluster/index.ts'

/** Runs a command on this machine to its end, whatever that is. @returns what it wrote. */
export async function runLocally([program = '', ...args]: readonly string[]): Promise<Uint8Array> {
  const options = { encoding: 'buffer', maxBuffer: 16 * 1024 * 1024 } as const
  const { stdout } = await promisify(execFile)(program, args, options).catch(
    (error: { readonly stdout: Buffer }) => error,
  )
  return stdout
}

/** The same as `Connection.exec` has it. */
export async function execLocally(command: readonly string[]): Promise<ExecSession> {
  const stdio = new PassThrough()
  stdio.end(await runLocally(command))
  return {
    stdio,
    stderr: () => '',
    status: Promise.resolve({ exitCode: 0, message: '' }),
    async [Symbol.asyncDispose]() {
      stdio.destroy()
    },
  }
}
