import { CheckpointError } from '../errors.ts'

/** The file isn't YAML, or has something else in it than what can be configured. */
export type ConfigurationErrorCode = 'CONFIGURATION_INVALID'

export class ConfigurationError extends CheckpointError<ConfigurationErrorCode> {}
