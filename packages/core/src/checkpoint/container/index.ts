export { describeContainer } from './describe-container.ts'
export { type LogOptions, readLog } from './read-log.ts'
export { readParticulars } from './read-particulars.ts'
export { readSpec } from './read-spec.ts'
