export { NodeFilesError, type NodeFilesErrorCode } from './errors.ts'
export type { NodeFileSource, NodeFolder } from './node-folder.ts'
export type { FileIdentity, NodeFile } from './reader-session.ts'
export { createReaders, type ReaderEvent, type Readers } from './readers.ts'
