export {
  type Blob,
  type BuiltImage,
  buildCheckpointImage,
  type CheckpointLayer,
} from './build-image.ts'
export { checkDigest } from './check-digest.ts'
export { type CheckpointFacts, isCheckpointImage } from './checkpoint-annotations.ts'
export { OciError, type OciErrorCode } from './errors.ts'
export { findCheckpointLayer, type ReadManifest } from './find-checkpoint-layer.ts'
export {
  type Descriptor,
  type ImageIndex,
  type ImageManifest,
  manifestMediaTypes,
  maxManifestLength,
  parseImage,
} from './image.ts'
export { findLayoutLayer, isImageLayout, type Layout } from './image-layout.ts'
export { layoutIndex, layoutMark } from './layout-index.ts'
export { imageArchitecture } from './platform.ts'
