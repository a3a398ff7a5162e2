import assert from 'node:assert/strict'
import { table } from '../../src/output/table.ts'

const header = ['POD', 'NODE']

describe('table', () => {
  it('aligns columns three spaces apart, without trailing spaces', () => {
    assert.equal(
      table(
        header,
        [
          ['web-0', 'a'],
          ['w', 'node-b'],
        ],
        { headers: true },
      ),
      'POD     NODE\nweb-0   a\nw       node-b\n',
    )
  })

  it('leaves out the header on demand, and with it its width', () => {
    assert.equal(table(header, [['w', 'a']], { headers: false }), 'w   a\n')
  })

  it('counts wide characters twice', () => {
    assert.equal(
      table(
        header,
        [
          ['数', 'a'],
          ['ab', 'b'],
        ],
        { headers: false },
      ),
      '数   a\nab   b\n',
    )
  })

  it('keeps a cell on its line, whatever it holds', () => {
    assert.equal(table(header, [['a\nb', '\x1b[2J']], { headers: false }), 'a\\nb   \\x1b[2J\n')
  })

  it('pads nothing behind the last column, however long its cells are', () => {
    const rows = Array.from({ length: 200 }, (_, row) => ['p', row === 0 ? 'x'.repeat(2 ** 21) : 'a'])
    assert.ok(table(header, rows, { headers: true }).length < 10_000)
  })

  it('shows the beginning of a cell of many pages', () => {
    assert.equal(table(header, [['a', '😀'.repeat(5000)]], { headers: false }), `a   ${'😀'.repeat(4096)}…\n`)
  })

  it('pads to no more than the width of the terminal', () => {
    const rows = [
      ['x'.repeat(5000), 'a'],
      ['y', 'b'],
    ]
    assert.equal(
      table(header, rows, { headers: false, width: 10 }),
      `${'x'.repeat(9)}…\ny${' '.repeat(8)}…\n`,
    )
  })

  it('cuts lines to the width of the terminal', () => {
    assert.equal(table(header, [['web-0', 'node-a']], { headers: false, width: 10 }), 'web-0   n…\n')
    assert.equal(table(header, [['数数数数', 'a']], { headers: false, width: 6 }), '数数…\n')
  })

  it('cuts nothing of columns that must be whole, but what stands behind them', () => {
    const rows = [
      ['x'.repeat(100), 'node-a'],
      ['y', ''],
    ]
    assert.equal(
      table(header, rows, { headers: false, width: 10, wholeColumns: 1 }),
      `${'x'.repeat(100)}   …\ny\n`,
    )
    assert.equal(
      table(header, rows, { headers: false, width: 10, wholeColumns: 2 }),
      `${'x'.repeat(100)}   node-a\ny\n`,
    )
  })
})
