import { deepEqual, equal } from 'node:assert/strict'
import stringWidth from 'string-width'
import { isPrintable } from '../../src/output/printable.ts'
import { textWidth } from '../../src/output/text-width.ts'

describe('textWidth', () => {
  it('counts letters, lines of trees and ellipses once', () => {
    equal(textWidth('nginx: worker \\_ ├─ Ünïcödé…'), 28)
  })

  it('counts wide characters and emoji twice, marks not at all', () => {
    equal(textWidth('数数'), 4)
    equal(textWidth('👍🏽🇩🇪'), 4)
    equal(textWidth('e\u0301'), 1)
  })

  it('agrees with string-width on every printable character but format controls', () => {
    const characters = Array.from({ length: 0x20000 }, (_, codePoint) => String.fromCodePoint(codePoint))
    deepEqual(
      characters.filter(
        (character) =>
          isPrintable(character) &&
          !/\p{Format}/u.test(character) &&
          textWidth(character) !== stringWidth(character),
      ),
      [],
    )
  })
})
