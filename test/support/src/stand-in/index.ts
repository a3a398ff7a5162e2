export type { Answer } from './answers.ts'
export type { CheckpointScript, Faults, NodeFault } from './faults.ts'
export type { FleetOptions } from './fleet.ts'
export type { Gauge } from './gauge.ts'
export type { LoggedRequest } from './http-server.ts'
export { checkpointFolder } from './kubelet.ts'
export type { Load } from './load.ts'
export type { NodeDisk, NodeFile } from './node-disk.ts'
export type { ObjectStore, Pod } from './objects.ts'
export {
  type RegistryRequestLog,
  registryUser,
  type StandInRegistry,
  type StandInRegistryOptions,
  startStandInRegistry,
} from './registry.ts'
export { type StandIn, type StandInOptions, startStandIn } from './stand-in.ts'
