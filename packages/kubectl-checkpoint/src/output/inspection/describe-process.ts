import type { ProcessDocument } from '@kubectl-checkpoint/core/documents'
import { shellWord } from '@kubectl-checkpoint/core/shell-word'
import { fields } from '../fields.ts'
import type { TextOptions } from '../view.ts'
import { executable } from './processes.ts'

/** All that one process is, but for what sections hold. */
export function describeProcess(process: ProcessDocument, { wide, width }: TextOptions): string {
  const { capabilities } = process
  return fields(
    [
      ['PID', process.pid],
      ['Parent', process.ppid],
      ['Process group', process.pgid],
      ['Session', process.sid],
      ['Name', process.comm],
      ['Executable', executable(process)],
      ['Command', process.args?.map(shellWord).join(' ')],
      ['Working folder', process.cwd],
      ['Root', process.root],
      ['File mode mask', process.umask],
      [
        'State',
        process.exitCode === undefined ? process.state : `${process.state}, exit code ${process.exitCode}`,
      ],
      ['User', idOf(process.uid, process.euid)],
      ['Group', idOf(process.gid, process.egid)],
      ['Groups', process.groups?.join(' ') || undefined],
      ['Capabilities', capabilities && (capabilities.effective.join(' ') || 'none')],
      ...(wide && capabilities
        ? ([
            ['Permitted', capabilities.permitted.join(' ') || 'none'],
            ['Inheritable', capabilities.inheritable.join(' ') || 'none'],
            ['Bounding', capabilities.bounding.join(' ') || 'none'],
            ['Ambient', capabilities.ambient.join(' ') || 'none'],
          ] as const)
        : []),
      [
        'No new privileges',
        process.noNewPrivileges === undefined ? undefined : process.noNewPrivileges ? 'yes' : 'no',
      ],
      ['Seccomp', seccompOf(process)],
      ['Security label', process.securityLabel],
      ['Architecture', process.architecture],
      ['Control group', process.cgroup],
      ['Threads', process.threads.length],
      ['Timers', ...(process.timers ?? [])],
      [
        'Limits',
        ...(process.limits ?? []).map(({ name, soft, hard }) =>
          soft === hard ? `${name} ${soft}` : `${name} ${soft}, at most ${hard}`,
        ),
      ],
    ],
    wide ? undefined : width,
  )
}

function seccompOf({ seccomp, seccompFilters }: ProcessDocument): string | undefined {
  const lengths = seccompFilters?.map(({ instructions }) => instructions)
  return lengths ? `${seccomp}, ${lengths.join(' and ')} instructions` : seccomp
}

function idOf(real: number | undefined, effective: number | undefined): string | undefined {
  if (real === undefined) return undefined
  return effective === undefined || effective === real ? `${real}` : `${real}, effective ${effective}`
}
