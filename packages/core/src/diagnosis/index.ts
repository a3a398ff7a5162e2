export { type CriuCause, type CriuExplanation, explainCriuLog } from './explain-criu-log.ts'
export { explainRestoreFailure } from './explain-restore-failure.ts'
export { type DumpRefusal, findDumpRefusal } from './find-dump-refusal.ts'
