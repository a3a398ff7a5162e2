type Stream = Pick<NodeJS.WriteStream, 'on' | 'write'>

/** `| head` closes the pipe when it has seen enough, and a terminal may close: neither keeps work from its end. */
const hasLeft = ({ code }: NodeJS.ErrnoException): boolean => code === 'EPIPE' || code === 'EIO'

/** Says once that a result got lost, as on a full disk, and lets the process fail; the readers' leaving is no loss. */
export function guardResult<Out extends Stream>(stdout: Out, stderr: () => Stream): Out {
  stdout.on('error', (error: NodeJS.ErrnoException) => {
    if (hasLeft(error) || process.exitCode === 1) return
    process.exitCode = 1
    stderr().write(`error: the result cannot be written: ${error.message}\n`)
  })
  return stdout
}

/** There is nowhere to say that stderr fails, and what was asked for is done all the same. */
export function guardMessages<Out extends Stream>(stderr: Out): Out {
  stderr.on('error', () => {})
  return stderr
}
