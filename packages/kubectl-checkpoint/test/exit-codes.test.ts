import assert from 'node:assert/strict'
import { readFile } from 'node:fs/promises'
import { ByteSourceError } from '@kubectl-checkpoint/core/bytes'
import { ClusterError } from '@kubectl-checkpoint/core/remote/cluster'
import { exitCodeMeanings, exitCodeOf, exitCodeOfFailures, exitCodes } from '../src/exit-codes.ts'
import { Interruption } from '../src/interruption.ts'
import { UsageError } from '../src/usage-error.ts'

const forbidden = new ClusterError('FORBIDDEN', 'no')
const notFound = new ClusterError('OBJECT_NOT_FOUND', 'no')

describe('exitCodeOf', () => {
  it("gives an error's code its number", () => {
    assert.equal(exitCodeOf(forbidden), 5)
    assert.equal(exitCodeOf(new ByteSourceError('TRUNCATED', 'short')), 9)
    assert.equal(exitCodeOf(new UsageError('what?')), 2)
  })

  it('gives signals the numbers of shells', () => {
    assert.equal(exitCodeOf(new Interruption('SIGHUP')), 129)
    assert.equal(exitCodeOf(new Interruption('SIGINT')), 130)
    assert.equal(exitCodeOf(new Interruption('SIGTERM')), 143)
  })

  it('gives what nobody foresaw 1', () => {
    assert.equal(exitCodeOf(new TypeError('no')), 1)
  })
})

describe('exitCodeOfFailures', () => {
  it('is 0 without failures', () => {
    assert.equal(exitCodeOfFailures([], 0), 0)
  })

  it('is 3 if something succeeded', () => {
    assert.equal(exitCodeOfFailures([forbidden], 1), 3)
  })

  it('is what all failures agree on, else 1', () => {
    assert.equal(exitCodeOfFailures([forbidden, forbidden], 0), 5)
    assert.equal(exitCodeOfFailures([forbidden, notFound], 0), 1)
  })
})

describe('docs/exit-codes.md', () => {
  it('lists each exit code with its meaning and its error codes', async () => {
    const text = await readFile(new URL('../../../docs/exit-codes.md', import.meta.url), 'utf8')
    const rows = Object.entries(exitCodeMeanings).map(([exitCode, meaning]) => {
      const codes = Object.entries(exitCodes)
        .filter(([, code]) => String(code) === exitCode)
        .map(([code]) => `\`${code}\``)
        .sort()
      return [exitCode, meaning, codes.join(' ')]
    })
    const documented = text
      .split('\n')
      .filter((line) => /^\| *\d/.test(line))
      .map((line) => {
        const cells = line.split('|').slice(1, -1)
        return cells.map((cell) => cell.trim())
      })
    assert.deepEqual(documented, rows)
  })
})
