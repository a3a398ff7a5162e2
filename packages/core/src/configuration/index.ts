export { ConfigurationError, type ConfigurationErrorCode } from './errors.ts'
export { findConfiguration } from './find-configuration.ts'
export type { Configuration } from './parse-configuration.ts'
