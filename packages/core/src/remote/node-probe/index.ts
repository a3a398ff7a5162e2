export { NodeProbeError, type NodeProbeErrorCode } from './errors.ts'
export type { Inquiry, Sections } from './inquiry.ts'
export { createNodeProbes, type NodeProbes, type NodeProbesOptions } from './node-probes.ts'
