import assert from 'node:assert/strict'
import { suggest } from '../../src/flags/suggest.ts'

describe('suggest', () => {
  it('finds the nearest name', () => {
    assert.equal(suggest('namepsace', ['namespace', 'server']), 'namespace')
  })

  it('counts letters in another order as one slip', () => {
    assert.equal(suggest('fecth', ['fetch', 'direct']), 'fetch')
  })

  it('finds nothing where nothing is near', () => {
    assert.equal(suggest('frobnicate', ['namespace', 'to']), undefined)
    assert.equal(suggest('tomek', ['token']), undefined)
  })
})
