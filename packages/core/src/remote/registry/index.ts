export { RegistryError, type RegistryErrorCode } from './errors.ts'
export { type ImageReference, parseImageReference } from './image-reference.ts'
export { type ImageRepository, openRepository } from './open-repository.ts'
export type { RegistryOptions, RegistrySettings } from './settings.ts'
