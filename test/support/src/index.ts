export { type CountingSource, countingSource } from './counting-source.ts'
export { failingSource } from './failing-source.ts'
export { type FixtureName, fixture, fixtureJson, fixturePath, fixtureText } from './fixture.ts'
