export { type CountingSource, countingSource } from '@kubectl-checkpoint/core/bytes'
export { failingSource } from './failing-source.ts'
export { type FixtureName, fixture, fixtureJson, fixturePath, fixtureText } from './fixture.ts'
export { localExec } from './local-exec.ts'
