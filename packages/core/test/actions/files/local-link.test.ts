import { equal, ok } from 'node:assert/strict'
import { join } from 'node:path/posix'
import fc from 'fast-check'
import { localLink } from '../../../src/actions/files/local-link.ts'

describe('localLink', () => {
  for (const [target, folder, local] of [
    ['/etc/passwd', 'data/out', '../../etc/passwd'],
    ['/etc/passwd', '', 'etc/passwd'],
    ['/data/x', 'data', 'x'],
    ['pts/ptmx', 'dev', 'pts/ptmx'],
    ['../../../../etc/shadow', 'a/b', '../../etc/shadow'],
    ['a/../../../x', '', 'x'],
    ['/', 'a/b', '../..'],
    ['.', 'a', '.'],
    ['', 'a', '.'],
    ['..', '', '.'],
  ] as const) {
    it(`leads ${target || 'nowhere'} in /${folder} to ${local}`, () => {
      equal(localLink(target, folder.split('/').filter(Boolean)), local)
    })
  }
  it('never leads out of the root, nor up again once it went down', () => {
    const part = fc.constantFrom('..', '.', '', 'a', 'b')
    fc.assert(
      fc.property(fc.array(part), fc.array(fc.constantFrom('a', 'b')), (target, folder) => {
        const local = localLink(target.join('/'), folder)
        ok(!join('/root', ...folder, local).startsWith('/..'))
        ok(`${join('root', ...folder, local)}/`.startsWith('root/'))
        ok(/^(\.\.\/)*(\.\.|[^.]*|\.)$/.test(local), local)
      }),
    )
  })
})
