import type { ProcessDocument } from '../../../documents/index.ts'
import { baseName } from '../paths.ts'
import type { Rule } from '../rule.ts'
import { clip, nameProcess } from '../wording.ts'

/** The kernel keeps 15 bytes of a name. */
const maxCommLength = 15

/**
 * Names that a process may bear: of its executable, and of the first arguments, since an interpreter's name is that of
 * the script that it runs, and a multi-call binary's that of the program it is called as.
 */
function* expectedNames({ exe, args = [] }: ProcessDocument): Generator<string> {
  if (exe !== undefined) yield baseName(exe)
  for (const arg of args.slice(0, 4)) {
    yield baseName(arg)
    // `-bash`, of a login shell.
    yield baseName(arg).replace(/^-/, '')
    // `nginx: worker process`, and titles that a path follows or begins.
    yield arg
    yield baseName(arg.split(/[: ]/, 1)[0] ?? '')
  }
}

/** Since its version 24, Node.js names its first thread so. */
const ownNames: ReadonlyMap<string, readonly string[]> = new Map([
  ['node', ['MainThread', 'node-MainThread']],
])

const interpreters = /^(python|ruby|perl|php|node|lua)[\d.]*$/

/** Of a script that has put a title in place of its arguments, nobody can tell any more what it was called. */
const isRetitledScript = (program: string, [title = '']: readonly string[]): boolean =>
  interpreters.test(program) && /[ :]/.test(title)

/** What the kernel keeps of a name. */
const cut = (name: string): string =>
  Buffer.from(name.slice(0, maxCommLength)).subarray(0, maxCommLength).toString()

export const misleadingName: Rule = {
  id: 'misleading-name',
  severity: 'medium',
  title: 'The name of a process is neither that of its executable nor that of its command',
  *find({ processes }) {
    for (const process of processes) {
      const { pid, comm, exe, args, state } = process
      if (exe === undefined || args === undefined) continue
      // With its image, its name is lost; an empty one that a process gave itself comes with a state.
      if (comm === '' && state === 'unknown') continue
      const program = baseName(exe)
      if (expectedNames(process).some((name) => cut(name) === comm)) continue
      if (ownNames.get(program)?.includes(comm) || isRetitledScript(program, args)) continue
      const command = args[0] === undefined ? 'without arguments' : `as ${clip(args[0])}`
      yield { pid, place: exe, evidence: `${nameProcess(process)} is ${clip(exe)}, started ${command}` }
    }
  },
}
