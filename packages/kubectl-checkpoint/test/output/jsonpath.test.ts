import assert from 'node:assert/strict'
import { checkTemplate, jsonpath } from '../../src/output/jsonpath.ts'
import { UsageError } from '../../src/usage-error.ts'

const list = {
  kind: 'CheckpointList',
  items: [
    { pod: 'web-0', size: 10, annotations: { 'example.org/owner': 'shop' } },
    { pod: 'web-1', size: 2000 },
  ],
}

const templates = [
  ['{.kind}', 'CheckpointList'],
  ['.kind', 'CheckpointList'],
  ['kind', 'CheckpointList'],
  ['{$.kind}', 'CheckpointList'],
  ['{.items[*].pod}', 'web-0 web-1'],
  ['{.items[0].size}', '10'],
  ['{.items[-1].pod}', 'web-1'],
  ['{.items[-2].pod}', 'web-0'],
  ['{.items[0:1].pod}', 'web-0'],
  ['{..pod}', 'web-0 web-1'],
  ["{.items[0]['pod','size']}", 'web-0 10'],
  ['{.items[?(@.size>100)].pod}', 'web-1'],
  ['{.items[?(@.pod=="web-0")].size}', '10'],
  ["{.items[?(@.pod=='web-1' && @.size>10)].size}", '2000'],
  ['{.items[0].annotations.example\\.org/owner}', 'shop'],
  ["{.items[0].annotations['example.org/owner']}", 'shop'],
  ['{range .items[*]}{.pod}{"\\t"}{.size}{"\\n"}{end}', 'web-0\t10\nweb-1\t2000\n'],
  ['{range .items[*].pod}<{@}>{end}', '<web-0><web-1>'],
  ['{range .items[*]}{range .annotations}{.example\\.org/owner}{end};{end}', 'shop;;'],
  ['all: {.items[*].size}!', 'all: 10 2000!'],
  [`{'it\\'s "quoted"'}`, 'it\'s "quoted"'],
  ['{.items[1]}', '{"pod":"web-1","size":2000}'],
  ['{.nothing.here}', ''],
  ['{.kind.length.nothing}', ''],
] as const

describe('checkTemplate', () => {
  for (const template of [
    '{.items[?(@.pod==)].path}',
    '{range .items[?(@.pod==)]}{.path}{end}',
    '{range .items[*]}{.parts[?(name=="a")]}{end}',
    '{.items[(1+)]}',
    '{.items',
  ]) {
    it(`refuses ${template}`, () => {
      assert.throws(() => checkTemplate(template), { code: 'USAGE', message: /^jsonpath: / })
    })
  }

  const dependOnValues = ['{.items[?(@.local.size>100)]}', '{.items[(@.length-1)]}', "{.a['b(c)']}"]
  for (const template of [...templates.map(([template]) => template), ...dependOnValues]) {
    it(`takes ${template}`, () => {
      checkTemplate(template)
    })
  }
})

describe('jsonpath', () => {
  for (const [template, expected] of templates) {
    it(`prints ${JSON.stringify(expected)} for ${template}`, () => {
      assert.equal(jsonpath(template, list), expected)
    })
  }

  it('makes values printable, but not the text of the template', () => {
    assert.equal(jsonpath('\x1b{.comm}', { comm: '\x1b[2J' }), '\x1b\\x1b[2J')
    assert.equal(jsonpath('{.processes}', { processes: ['\u202e'] }), '["\\u202e"]')
  })

  for (const template of [
    '{range .items[*]}',
    '{.a}{end}',
    '{.items[0}',
    '{.items',
    '{"a}',
    '{"\\q"}',
    '{.items[?(@.pod==)]}',
  ]) {
    it(`refuses ${template}`, () => {
      assert.throws(() => jsonpath(template, list), UsageError)
    })
  }

  it('runs no JavaScript', () => {
    assert.throws(() => jsonpath('{.items[?(constructor.constructor("return 1")())]}', list), UsageError)
    assert.throws(() => jsonpath('{.items[?(process.exit())]}', list), UsageError)
  })
})
