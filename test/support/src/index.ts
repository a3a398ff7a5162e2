export { type CountingSource, countingSource } from './counting-source.ts'
export { failingSource } from './failing-source.ts'
