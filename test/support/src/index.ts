export { type CountingSource, countingSource } from '@kubectl-checkpoint/core/bytes'
export {
  type CraftedDescriptor,
  type CraftedOciImage,
  craftImageLayout,
  craftOciImage,
  describeBlob,
  digestOf,
  jsonBytes,
} from './craft-oci-image.ts'
export { type CraftedEntry, craftPax, craftTar, craftTarEntry, craftTarHeader } from './craft-tar.ts'
export { failingSource } from './failing-source.ts'
export {
  type CritImage,
  type FixtureName,
  fixture,
  fixtureJson,
  fixturePath,
  fixtureText,
  type ImageSetName,
  imageSet,
  parseCrit,
  recordedCrit,
} from './fixture.ts'
export { localExec } from './local-exec.ts'
export { memoryCatalogue } from './memory-catalogue.ts'
export { readPeakMemory } from './peak-memory.ts'
export { type Part, virtualSource } from './virtual-source.ts'
