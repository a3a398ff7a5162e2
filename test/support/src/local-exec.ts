import { spawn } from 'node:child_process'
import { Duplex, PassThrough, Transform } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { ClusterError, type ExecSession, type ExecStatus } from '@kubectl-checkpoint/core/remote/cluster'

/**
 * Runs a command on this machine as `Connection.exec` would in a container.
 * `cutAfterBytes`: the connection breaks after so many bytes of stdout.
 */
export function localExec(
  [program = 'sh', ...args]: readonly string[],
  { cutAfterBytes = Number.POSITIVE_INFINITY }: { readonly cutAfterBytes?: number } = {},
): ExecSession {
  const child = spawn(program, args)
  const cut = new ClusterError('EXEC_LOST', 'the connection was cut')
  let passed = 0
  const wire = new Transform({
    transform(chunk: Uint8Array, _encoding, done) {
      const left = Math.max(0, cutAfterBytes - passed)
      passed += chunk.length
      if (chunk.length <= left) return done(null, chunk)
      this.push(chunk.subarray(0, left))
      child.kill('SIGKILL')
      done(cut)
    },
  })
  const output = new PassThrough()
  pipeline(child.stdout, wire, output).catch(() => {})
  child.stdin.on('error', () => {})
  // Of its own: the end of the child's stdin with the child would take with it what is still to be read.
  const input = new PassThrough()
  input.pipe(child.stdin)
  const stdio = Duplex.from({ writable: input, readable: output })
  const status = new Promise<ExecStatus>((resolve, reject) => {
    child.on('exit', (exitCode) => (exitCode === null ? reject(cut) : resolve({ exitCode, message: '' })))
  })
  status.catch(() => {})
  let errors = ''
  child.stderr.on('data', (text) => {
    errors += text
  })
  return {
    stdio,
    status,
    stderr: () => errors,
    async [Symbol.asyncDispose]() {
      stdio.destroy()
      child.kill('SIGKILL')
    },
  }
}
