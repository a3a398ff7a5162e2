export { type CriuCause, type CriuExplanation, explainCriuLog } from './explain-criu-log.ts'
