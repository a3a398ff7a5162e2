import assert from 'node:assert/strict'
import { execFileSync } from 'node:child_process'
import { shellWord } from '../src/shell-word.ts'

describe('shellWord', () => {
  it('leaves plain words as they are', () => {
    const archive = 'node-a:/data/checkpoint-web-0_shop-app-2026-11-23T10:00:00+05:30.tar'
    assert.equal(shellWord(archive), archive)
  })

  for (const text of ['', 'a b', "it's", '$(reboot)', '`reboot`', 'a;b', '~', '*', '\\', 'a\nb', '"', '!!']) {
    it(`makes one word of ${JSON.stringify(text)}`, () => {
      assert.equal(shellWord(text), `'${text.replace("'", "'\\''")}'`)
      assert.equal(execFileSync('sh', ['-c', `printf %s ${shellWord(text)}`], { encoding: 'utf8' }), text)
    })
  }
})
