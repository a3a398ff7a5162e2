export { type ComparedCheckpoint, type Comparison, compareCheckpoints } from './compare-checkpoints.ts'
