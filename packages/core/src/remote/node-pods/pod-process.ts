/** What keeps a pod running, and what ends it from within: deaf to SIGTERM, it serves until its grace period ends. */
export interface PodProcess {
  run(deadlineSeconds: number): string[]
  readonly stop: readonly string[]
}

/** By the shell, which there is; not every image has the program `kill`. */
export const endedBySignal: PodProcess = {
  run: (deadlineSeconds) => ['sh', '-c', `trap '' TERM; trap exit INT; sleep ${deadlineSeconds} & wait`],
  stop: ['sh', '-c', 'kill -INT 1'],
}

/** The only place where a pod that sees the node's processes can write: an empty folder of its own, in memory. */
export const endFolder = '/end'

/** Where the node's processes are seen, PID 1 is the node's init: a signal to it would restart the machine. */
export const endedByFile: PodProcess = {
  run: (deadlineSeconds) => {
    const goesOn = `[ ! -e ${endFolder}/now ] && [ $((second += 1)) -le ${deadlineSeconds} ]`
    return ['sh', '-c', `trap '' TERM; second=0; while ${goesOn}; do sleep 1; done`]
  },
  stop: ['sh', '-c', `: >${endFolder}/now`],
}
