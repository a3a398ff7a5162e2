import { posix } from 'node:path'
import { quote } from '../../../quote.ts'
import { switchOn } from '../switch-on.ts'
import type { RefusalCase, RefusedCall } from './refusal-case.ts'

const nameOf = ({ namespace, pod, container }: RefusedCall): string => `${namespace}/${pod}/${container}`

/** CRIU counts 3.16 as 31600. */
const criuVersion = (number: string): string =>
  `${Math.floor(Number(number) / 10_000)}.${Math.floor(Number(number) / 100) % 100}`

/** runc writes `path= /…/criu-dump.log` or `log file: /…/dump.log`, crun `check CRIU logfile /…/dump.log`. */
function findLogPath(text: string): string | undefined {
  const path = /(?:path=|log ?file:?) *(\/\S+)/.exec(text)?.[1]?.replace(/[:,;"'`]+$/, '')
  return path !== undefined && posix.normalize(path) === path ? path : undefined
}

export const runtimeRefusals: readonly RefusalCase[] = [
  {
    code: 'NODE_DISK_FULL',
    match: /no space left on device/i,
    explain: ({ node }, text) => ({
      message: `the disk of ${node} is full: ${quote(text)}`,
      hint:
        "A checkpoint takes about as much room as the container uses memory. Delete old archives in the kubelet's " +
        'checkpoints folder: the kubelet never does.',
    }),
  },
  {
    code: 'RUNTIME_TOO_OLD',
    match: /unknown method CheckpointContainer|method CheckpointContainer not implemented/,
    explain: ({ node }) => ({
      message: `the container runtime of ${node} cannot checkpoint`,
      hint: 'containerd can since 2.0, CRI-O since 1.25. kubectl get nodes -o wide shows what runs there.',
    }),
  },
  {
    code: 'CHECKPOINT_SUPPORT_OFF',
    match: /checkpoint\/restore support not available/,
    explain: ({ node }) => ({
      message: `CRI-O of ${node} has checkpoints switched off`,
      hint:
        'Set it as below, and see that criu is in the PATH of the crio service. Where its configuration has ' +
        '[crio.checkpoint_restore], set container_level_enabled = "checkpoint_only" there instead.',
      fix: switchOn['cri-o'],
    }),
  },
  {
    code: 'CHECKPOINT_SUPPORT_OFF',
    match: /criu support is disabled by configuration/i,
    explain: ({ node }) => ({
      message: `containerd of ${node} has checkpoints switched off`,
      hint: 'Switch them on in its configuration.',
      fix: switchOn.containerd,
    }),
  },
  {
    code: 'CRIU_TOO_OLD',
    match: /requires at least CRIU (\d+), current version is (\d+)/,
    explain: ({ node }, _text, [needed = '', found = '']) => ({
      message: `CRIU ${criuVersion(found)} of ${node} is too old: ${criuVersion(needed)} or later is needed`,
      hint: 'Update the criu package on the node. Nothing has to be restarted.',
    }),
  },
  {
    code: 'CRIU_MISSING',
    match: /criu binary not found|"criu": executable file not found/i,
    explain: ({ node }, text) => ({
      message: `the container runtime of ${node} finds no usable CRIU: ${quote(text)}`,
      hint: 'Install the criu package, version 3.16 or later, on the node, in the PATH of the container runtime.',
    }),
  },
  {
    code: 'CONTAINER_NOT_RUNNING',
    match: /^container \S+ not found$|is in CONTAINER_\w+ state|\bcontainer \S+ is not running/,
    explain: (call) => ({
      message: `container ${nameOf(call)} is not running`,
      hint: `Only running containers can be checkpointed: kubectl get pod -n ${call.namespace} ${call.pod}`,
    }),
  },
  {
    code: 'CHECKPOINT_TIMED_OUT',
    match: /code = DeadlineExceeded|context deadline exceeded/,
    explain: (call) => ({
      message: `the checkpoint of ${nameOf(call)} took longer than allowed`,
      hint: 'Allow more time with --timeout: writing much memory to a slow disk takes minutes.',
    }),
  },
  {
    code: 'CRIU_REFUSED',
    match: /criu failed: type \w+|CRIU checkpointing failed/,
    explain(call, text) {
      const logPath = findLogPath(text)
      return {
        message: `CRIU could not dump ${nameOf(call)}`,
        hint:
          logPath === undefined
            ? `The reason is in the log of the container runtime on ${call.node}.`
            : `The reason is in the lines with Error of ${logPath} on ${call.node}.`,
        logPath,
      }
    },
  },
  {
    code: 'TIMEOUT_REJECTED',
    match: /requires the timeout value to be > 0/,
    explain: ({ node }) => ({
      message: `the kubelet of ${node} does not accept the timeout`,
      hint: 'Give a timeout of one second or more.',
    }),
  },
]
