// One chunk for all commands: with one each, what they share would be cut into many small files.
export { runCreate } from './run-create.ts'
export { runFetch } from './run-fetch.ts'
export { runInspect } from './run-inspect.ts'
export { runVersion } from './run-version.ts'
