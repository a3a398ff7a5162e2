export { findOddities } from './find-oddities.ts'
export type { Facts } from './rule.ts'
export { rules } from './rules/index.ts'
