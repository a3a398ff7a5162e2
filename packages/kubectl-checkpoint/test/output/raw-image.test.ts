import { equal } from 'node:assert/strict'
import type { CritEntry } from '@kubectl-checkpoint/core/formats/criu'
import type { OutputFormat } from '../../src/output/format.ts'
import { rawImageText } from '../../src/output/raw-image.ts'

async function* each(entries: readonly CritEntry[]) {
  yield* entries
}
const print = async (entries: readonly CritEntry[], format: OutputFormat = { kind: 'text', wide: false }) =>
  (await Array.fromAsync(rawImageText({ magic: 'FS', entries: each(entries) }, format))).join('')

const entries = [{ a: 1, list: ['x', {}], big: 2n ** 64n - 1n }, { a: true }]

// Expectations are what Python's json.dump makes of such values, but for DEL.
describe('rawImageText', () => {
  it('is indented by four spaces', async () => {
    equal(
      await print(entries),
      `{
    "magic": "FS",
    "entries": [
        {
            "a": 1,
            "list": [
                "x",
                {}
            ],
            "big": 18446744073709551615
        },
        {
            "a": true
        }
    ]
}
`,
    )
  })
  it('is one line for -o json', async () => {
    equal(
      await print(entries, { kind: 'json' }),
      '{"magic": "FS", "entries": [{"a": 1, "list": ["x", {}], "big": 18446744073709551615}, {"a": true}]}\n',
    )
  })
  it('has an empty list of no entries', async () => {
    equal(await print([]), '{\n    "magic": "FS",\n    "entries": []\n}\n')
    equal(await print([], { kind: 'json' }), '{"magic": "FS", "entries": []}\n')
  })
  it('escapes what is not ASCII, and controls: DEL, too, which Python leaves, since terminals obey it', async () => {
    equal(
      await print([{ text: '"\\\n\u0001\u007fé😀' }], { kind: 'json' }),
      '{"magic": "FS", "entries": [{"text": "\\"\\\\\\n\\u0001\\u007f\\u00e9\\ud83d\\ude00"}]}\n',
    )
  })
  it('is a document of YAML with exact numbers', async () => {
    equal(
      await print([{ a: 1n, big: 2n ** 64n - 1n }], { kind: 'yaml' }),
      '---\nmagic: FS\nentries:\n  - a: 1\n    big: 18446744073709551615\n',
    )
  })
  it('fills a template', async () => {
    const format = { kind: 'jsonpath', template: '{.entries[*].big} {.entries[1].a}' } as const
    equal(await print(entries, format), '18446744073709551615 true')
  })
  it('comes in pieces, since an image may be larger than memory', async () => {
    const many = Array.from({ length: 10_000 }, (_, a) => ({ a }))
    const pieces = await Array.fromAsync(rawImageText({ magic: 'FS', entries: each(many) }, { kind: 'json' }))
    equal(pieces.length > 1 && pieces.every(({ length }) => length < 70_000), true)
    equal(JSON.parse(pieces.join('')).entries.length, 10_000)
  })
})
