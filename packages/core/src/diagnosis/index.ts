export { type CriuCause, type CriuExplanation, explainCriuLog } from './explain-criu-log.ts'
export { explainRestoreFailure } from './explain-restore-failure.ts'
