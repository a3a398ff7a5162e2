import { guardMessages, guardResult } from './guard-streams.ts'
import { Interruption } from './interruption.ts'
import { main } from './main.ts'

let messages: NodeJS.WriteStream | undefined
/** To open a stream takes a few milliseconds, and some commands don't need this one. */
function stderr(): NodeJS.WriteStream {
  messages ??= guardMessages(process.stderr)
  return messages
}

const controller = new AbortController()
for (const signal of ['SIGHUP', 'SIGINT', 'SIGTERM'] as const) {
  process.on(signal, () => {
    const interruption = new Interruption(signal)
    // Terminals that close say so twice, by the shell and by its end: no reason to leave without cleaning up.
    if (controller.signal.aborted && signal !== 'SIGHUP') {
      stderr().write(
        'left without cleaning up: reader pods end at their deadline, see --reader-deadline; half files end in .partial\n',
      )
      process.exit(interruption.exitCode)
    }
    controller.abort(interruption)
  })
}

const exitCode = await main(process.argv.slice(2), {
  program: process.argv[1] ?? 'kubectl-checkpoint',
  get stdin() {
    return process.stdin
  },
  stdout: guardResult(process.stdout, stderr),
  get stderr() {
    return stderr()
  },
  env: process.env,
  signal: controller.signal,
})
// A result that got lost has set it already.
process.exitCode ||= exitCode
