import { CheckpointError } from '../../errors.ts'

export type NodeProbeErrorCode =
  /** The probe's script did not end well, or answered outside its protocol. */
  'PROBE_FAILED'

export class NodeProbeError extends CheckpointError<NodeProbeErrorCode> {}
