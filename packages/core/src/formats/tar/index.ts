export { entrySource } from './entry-source.ts'
export { TarError, type TarErrorCode } from './errors.ts'
export { readTarIndex } from './read-tar-index.ts'
export { buildTarIndex, type TarEntry, type TarEntryType, type TarIndex } from './tar-index.ts'
