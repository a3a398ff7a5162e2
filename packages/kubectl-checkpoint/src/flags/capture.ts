import type { CaptureRequest } from '@kubectl-checkpoint/core/actions'
import type { DirectTls } from '@kubectl-checkpoint/core/remote/cluster'
import type { InferredOptionTypes, Options } from 'yargs'
import { UsageError } from '../usage-error.ts'
import { parseWholeSeconds } from './duration.ts'
import { text } from './text.ts'

const targets = 'Targets:'
const checkpoint = 'Checkpoint:'
const fetch = 'Fetching:'

export const captureFlags = {
  selector: {
    group: targets,
    alias: 'l',
    ...text,
    describe: 'Pods with these labels: app=web,tier!=db',
  },
  'all-namespaces': { group: targets, alias: 'A', type: 'boolean', describe: 'Select in all namespaces' },
  container: { group: targets, alias: 'c', ...text, describe: 'Container to checkpoint' },
  'all-containers': {
    group: targets,
    type: 'boolean',
    describe: 'Checkpoint every running container, those of a pod at the same moment',
  },
  timeout: {
    group: checkpoint,
    ...text,
    describe: "How long the node may take (90s, 5m); below the kubelet's own minimum it has no effect",
  },
  'per-node': {
    group: checkpoint,
    ...text,
    describe: 'Pods of one node that are checkpointed at the same time, at most (default 4)',
  },
  annotate: {
    group: checkpoint,
    type: 'boolean',
    describe: 'Write the time onto the pods, as an annotation (docs/create.md)',
  },
  note: {
    group: checkpoint,
    ...text,
    describe: 'Words for this machine to remember with the checkpoints, shown by get -o wide',
  },
  direct: {
    group: checkpoint,
    type: 'boolean',
    describe: 'Ask the kubelet at port 10250 of its node, not through the API server',
  },
  'kubelet-certificate-authority': {
    group: checkpoint,
    ...text,
    implies: 'direct',
    describe: "With --direct: file of the kubelets' authority",
  },
  'kubelet-insecure-tls': {
    group: checkpoint,
    type: 'boolean',
    implies: 'direct',
    describe: 'With --direct: trust any kubelet certificate',
  },
  fetch: { group: fetch, type: 'boolean', describe: 'Bring the archives here, into the current folder' },
  to: { group: fetch, ...text, describe: 'Bring the archives here, into this folder' },
} as const satisfies Record<string, Options>

export type CaptureFlags = InferredOptionTypes<typeof captureFlags>

/** @throws {UsageError} */
export function captureRequest(
  names: readonly string[],
  flags: CaptureFlags,
  direct: DirectTls | undefined,
): CaptureRequest {
  const fetchTo = flags.to ?? (flags.fetch ? '.' : undefined)
  return {
    targets: names,
    ...(flags.selector === undefined ? {} : { selector: flags.selector }),
    ...(flags['all-namespaces'] ? { allNamespaces: true } : {}),
    ...(flags.container === undefined ? {} : { container: flags.container }),
    ...(flags['all-containers'] ? { allContainers: true } : {}),
    ...(flags.timeout === undefined ? {} : { timeoutSeconds: parseWholeSeconds('timeout', flags.timeout) }),
    ...(flags['per-node'] === undefined ? {} : { perNode: parsePerNode(flags['per-node']) }),
    ...(flags.annotate ? { annotate: true } : {}),
    ...(flags.note === undefined ? {} : { note: flags.note }),
    ...(direct === undefined ? {} : { direct }),
    ...(fetchTo === undefined ? {} : { fetchTo }),
  }
}

function parsePerNode(text: string): number {
  if (!/^[1-9]\d{0,3}$/.test(text))
    throw new UsageError(`--per-node: ${JSON.stringify(text)} is not a number from 1`)
  return Number(text)
}
