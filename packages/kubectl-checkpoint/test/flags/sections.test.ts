import assert from 'node:assert/strict'
import { parsePids, type SectionFlags, sectionsToRead, shownSections } from '../../src/flags/sections.ts'

const flags = (given: Partial<SectionFlags>) => given as SectionFlags
const text = { kind: 'text', wide: false } as const

describe('shownSections', () => {
  it('is undefined for the summary', () => {
    assert.equal(shownSections(flags({})), undefined)
  })

  it('keeps its own order, and takes --tree for --processes', () => {
    assert.deepEqual(shownSections(flags({ log: true, env: true, tree: true })), ['processes', 'env', 'log'])
    assert.deepEqual(shownSections(flags({ tree: true, processes: true })), ['processes'])
  })

  it('lets --all win', () => {
    assert.equal(shownSections(flags({ all: true, log: true })), 'all')
  })
})

describe('sectionsToRead', () => {
  it('reads for a summary no more than who listens', () => {
    assert.deepEqual(sectionsToRead(undefined, text, false), new Set(['sockets']))
    assert.deepEqual(sectionsToRead(undefined, text, true), new Set())
    assert.deepEqual(sectionsToRead(undefined, { kind: 'name' }, false), new Set())
  })

  it('reads everything for a document, unless sections are named', () => {
    assert.equal(sectionsToRead(undefined, { kind: 'json' }, false), 'all')
    assert.deepEqual(sectionsToRead(['processes', 'env'], { kind: 'json' }, false), new Set(['env']))
    assert.equal(sectionsToRead('all', text, false), 'all')
  })

  it('reads sockets for a text of open files, which says what they are', () => {
    assert.deepEqual(sectionsToRead(['files'], text, false), new Set(['files', 'sockets']))
    assert.deepEqual(sectionsToRead(['files'], { kind: 'json' }, false), new Set(['files']))
  })
})

describe('parsePids', () => {
  it('reads lists and repeated flags', () => {
    assert.equal(parsePids(undefined), undefined)
    assert.deepEqual(parsePids(['1,6', '7']), [1, 6, 7])
  })

  it('refuses what is no process ID', () => {
    for (const word of ['0', '-1', 'x', '1,', '99999999999']) {
      assert.throws(() => parsePids([word]), { code: 'USAGE' }, word)
    }
  })
})
