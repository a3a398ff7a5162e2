import assert from 'node:assert/strict'
import { explainUsage } from '../../src/flags/explain-usage.ts'
import { suggest } from '../../src/flags/suggest.ts'

describe('suggest', () => {
  it('finds the nearest name', () => {
    assert.equal(suggest('namepsace', ['namespace', 'server']), 'namespace')
  })

  it('finds nothing where nothing is near', () => {
    assert.equal(suggest('frobnicate', ['namespace', 'to']), undefined)
    assert.equal(suggest('tomek', ['token']), undefined)
  })
})

describe('explainUsage', () => {
  it('suggests a flag for an unknown one', () => {
    const error = explainUsage('Unknown argument: all-container', 'kubectl checkpoint')
    assert.equal(error.message, 'unknown flag or argument: all-container')
    assert.equal(error.hint, 'Did you mean --all-containers? See: kubectl checkpoint --help')
  })

  it('puts what yargs says on one line', () => {
    const error = explainUsage('Missing dependent arguments:\n a -> b', 'kubectl-checkpoint')
    assert.equal(error.message, 'Missing dependent arguments: a -> b')
    assert.equal(error.hint, 'See: kubectl-checkpoint --help')
  })
})
