import { equal } from 'node:assert/strict'
import { localName } from '../../../src/actions/files/local-name.ts'

describe('localName', () => {
  it('keeps names where files can have any', () => {
    for (const name of ['a:b', 'con', 'a\nb', 'x.', '%41']) equal(localName(name, 'linux'), name)
  })
  for (const [name, windows] of [
    ['plain.txt', 'plain.txt'],
    ['memfd:x', 'memfd%3Ax'],
    ['a\\b', 'a%5Cb'],
    ['..\\..\\evil', '..%5C..%5Cevil'],
    ['line\nbreak', 'line%0Abreak'],
    ['end.', 'end%2E'],
    ['end ', 'end%20'],
    ['%3A', '%253A'],
    ['con', '%63on'],
    ['Com1.txt', '%43om1.txt'],
    ['console', 'console'],
  ] as const) {
    it(`makes ${JSON.stringify(windows)} of ${JSON.stringify(name)} on Windows`, () => {
      equal(localName(name, 'win32'), windows)
    })
  }
})
