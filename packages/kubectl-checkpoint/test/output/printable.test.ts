import assert from 'node:assert/strict'
import { parse } from 'yaml'
import { json } from '../../src/output/json.ts'
import { printable, printableLines } from '../../src/output/printable.ts'
import { yaml } from '../../src/output/yaml.ts'

const evil = [
  ['an escape sequence', '\x1b[2J\x1b]0;title\x07', '\\x1b[2J\\x1b]0;title\\x07'],
  ['a C1 control', 'a\u009b31mb', 'a\\x9b31mb'],
  ['DEL', 'a\x7f', 'a\\x7f'],
  ['line ends and tabs', 'a\r\n\tb', 'a\\r\\n\\tb'],
  ['a bidirectional override', 'gpj.\u202eexe', 'gpj.\\u202eexe'],
  ['a bidirectional isolate', '\u2066a\u2069', '\\u2066a\\u2069'],
  ['zero-width characters', 'ng\u200binx\ufeff', 'ng\\u200binx\\ufeff'],
  ['a line separator', 'a\u2028b', 'a\\u2028b'],
  ['tag characters', 'a\u{e0041}', 'a\\u{e0041}'],
  ['half a surrogate pair', 'a\ud83d', 'a\\ud83d'],
  ['what invalid UTF-8 became', new TextDecoder().decode(Uint8Array.of(0x61, 0xff)), 'a\\ufffd'],
] as const

describe('printable', () => {
  for (const [title, text, expected] of evil) {
    it(`shows ${title} as an escape`, () => {
      assert.equal(printable(text), expected)
    })
  }

  it('leaves letters of any script and emoji alone', () => {
    const text = 'redis-server *:6379 – Größe 数据库 عربى 🚀'
    assert.equal(printable(text), text)
  })
})

describe('printableLines', () => {
  it('keeps lines, and escapes within them', () => {
    assert.equal(printableLines('a\nb\x1b\n'), 'a\nb\\x1b\n')
  })
})

for (const [format, print, read] of [
  ['json', json, (text: string): unknown => JSON.parse(text)],
  ['yaml', yaml, (text: string): unknown => parse(text)],
] as const) {
  describe(format, () => {
    for (const [title, text] of evil) {
      it(`writes ${title} in ASCII, and it reads back`, () => {
        const printed = print({ [text]: [text] })
        assert.match(printed, /^[\n -~]*$/)
        assert.deepEqual(read(printed), { [text]: [text] })
      })
    }
  })
}

describe('yaml', () => {
  it('repeats equal parts instead of pointing at them', () => {
    const part = { code: 'FORBIDDEN' }
    assert.equal(yaml({ a: part, b: part }), 'a:\n  code: FORBIDDEN\nb:\n  code: FORBIDDEN\n')
  })
})
