// One chunk for all that needs the cluster: with one each, what they share would be cut into many small files.
export { gatherArchives } from './archives/gather-archives.ts'
export { bringArchives } from './bring-archives.ts'
export { takeCheckpoints } from './capture/take-checkpoints.ts'
export { examine } from './doctor/examine.ts'
export { openNodeArchive } from './open-node-archive.ts'
export { openScope } from './scope.ts'
export { explainRefusals } from './why/explain-refusals.ts'
