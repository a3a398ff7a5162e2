import { Interruption } from './interruption.ts'
import { main } from './main.ts'

const controller = new AbortController()
for (const signal of ['SIGHUP', 'SIGINT', 'SIGTERM'] as const) {
  process.on(signal, () => {
    const interruption = new Interruption(signal)
    // Terminals that close say so twice, by the shell and by its end: no reason to leave without cleaning up.
    if (controller.signal.aborted && signal !== 'SIGHUP') process.exit(interruption.exitCode)
    controller.abort(interruption)
  })
}

/** `| head` closes the pipe when it has seen enough, and a terminal may close: neither keeps work from its end. */
function outliveReader(stream: NodeJS.WriteStream): NodeJS.WriteStream {
  return stream.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code !== 'EPIPE' && error.code !== 'EIO') throw error
  })
}

let stderr: NodeJS.WriteStream | undefined

process.exitCode = await main(process.argv.slice(2), {
  program: process.argv[1] ?? 'kubectl-checkpoint',
  stdout: outliveReader(process.stdout),
  // To open a stream takes a few milliseconds, and most commands need this one.
  get stderr() {
    stderr ??= outliveReader(process.stderr)
    return stderr
  },
  env: process.env,
  signal: controller.signal,
})
