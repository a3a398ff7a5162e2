export { type CriuCause, type CriuExplanation, explainCriuLog } from './explain-criu-log.ts'
export { explainRestoreFailure } from './explain-restore-failure.ts'
export { explainRestoreLog } from './explain-restore-log.ts'
export { type DumpRefusal, findDumpRefusal } from './find-dump-refusal.ts'
