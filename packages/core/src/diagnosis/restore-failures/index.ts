export { restoreLogFailures } from './log.ts'
export { restoreMessages } from './messages.ts'
