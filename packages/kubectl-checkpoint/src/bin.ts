import { Interruption } from './interruption.ts'
import { main } from './main.ts'

const controller = new AbortController()
for (const signal of ['SIGINT', 'SIGTERM'] as const) {
  process.on(signal, () => {
    const interruption = new Interruption(signal)
    if (controller.signal.aborted) process.exit(interruption.exitCode)
    controller.abort(interruption)
  })
}

// `| head` closes the pipe when it has seen enough; that is no failure.
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code !== 'EPIPE') throw error
})

process.exitCode = await main(process.argv.slice(2), {
  program: process.argv[1] ?? 'kubectl-checkpoint',
  stdout: process.stdout,
  // To open a stream takes a few milliseconds, and most commands need this one.
  get stderr() {
    return process.stderr
  },
  env: process.env,
  signal: controller.signal,
})
