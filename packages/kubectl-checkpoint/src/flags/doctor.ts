import type { DoctorRequest } from '@kubectl-checkpoint/core/actions'
import type { DirectTls } from '@kubectl-checkpoint/core/remote/cluster'
import type { InferredOptionTypes, Options } from 'yargs'
import { captureFlags } from './capture.ts'

const { selector, container } = captureFlags
const targets = 'Targets:'
const examination = 'Examination:'

export const doctorFlags = {
  selector,
  'all-namespaces': captureFlags['all-namespaces'],
  container: { ...container, describe: 'Container to look at' },
  'all-containers': { group: targets, type: 'boolean', describe: 'Look at every running container' },
  'no-probe': {
    group: examination,
    type: 'boolean',
    describe: 'Start no pod on the nodes; what only such a pod can see stays unknown',
  },
  direct: { ...captureFlags.direct, group: examination },
  'kubelet-certificate-authority': {
    ...captureFlags['kubelet-certificate-authority'],
    group: examination,
  },
  'kubelet-insecure-tls': { ...captureFlags['kubelet-insecure-tls'], group: examination },
} as const satisfies Record<string, Options>

export type DoctorFlags = InferredOptionTypes<typeof doctorFlags>

export const doctorRequest = (
  names: readonly string[],
  flags: DoctorFlags,
  direct: DirectTls | undefined,
): DoctorRequest => ({
  targets: names,
  ...(flags.selector === undefined ? {} : { selector: flags.selector }),
  ...(flags['all-namespaces'] ? { allNamespaces: true } : {}),
  ...(flags.container === undefined ? {} : { container: flags.container }),
  ...(flags['all-containers'] ? { allContainers: true } : {}),
  probe: !flags['no-probe'],
  ...(direct === undefined ? {} : { direct }),
})
