import { deepEqual, throws } from 'node:assert/strict'
import fc from 'fast-check'
import { archiveOnNode } from '../../src/actions/archive-name.ts'
import { parseArchiveReference } from '../../src/actions/archive-reference.ts'
import { defaultArchiveFolder } from '../../src/actions/archives/archive-folder.ts'

describe('parseArchiveReference', () => {
  describe('of an archive on a node', () => {
    const table: readonly (readonly [string, string, string, string?])[] = [
      ['node-a:a.tar', 'node-a', 'a.tar'],
      ['ip-10-0-0-1.eu.internal:a.tar', 'ip-10-0-0-1.eu.internal', 'a.tar'],
      ['10.0.0.1:a.tar', '10.0.0.1', 'a.tar'],
      [
        'node-a:checkpoint-p_n-c-2026-11-23T13:44:14Z.tar',
        'node-a',
        'checkpoint-p_n-c-2026-11-23T13:44:14Z.tar',
      ],
      ['node-a:/data/checkpoints/a.tar', 'node-a', 'a.tar', '/data/checkpoints'],
      ['node-a:/a.tar', 'node-a', 'a.tar', '/'],
      ['node-a:..tar', 'node-a', '..tar'],
      ['node-a:a\nb', 'node-a', 'a\nb'],
      ['node-a:-rf', 'node-a', '-rf'],
    ]
    for (const [text, node, file, folder] of table) {
      it(`reads ${JSON.stringify(text)}`, () => {
        const expected = { kind: 'node', node, file, ...(folder !== undefined && { folder }) }
        deepEqual(parseArchiveReference(text, false), expected)
        deepEqual(parseArchiveReference(text, true), expected)
      })
    }
  })

  describe('of a local file', () => {
    for (const text of [
      './node-a:a.tar',
      '/tmp/a.tar',
      '../a',
      '~/a',
      'a.tar',
      'archives/a.tgz',
      'a.tar.zst',
      'C:\\archives\\a',
      'c:\\archives\\a',
      'C:/archives/a',
      'archives\\a',
      '\\\\host\\share\\a',
      '.',
    ]) {
      it(`reads ${text}`, () => {
        deepEqual(parseArchiveReference(text, false), { kind: 'local', path: text })
      })
    }

    it('reads the name of any file that is there', () => {
      deepEqual(parseArchiveReference('web-0/app', true), { kind: 'local', path: 'web-0/app' })
    })
  })

  it('reads an image in a registry', () => {
    for (const isLocal of [false, true]) {
      deepEqual(parseArchiveReference('oci://registry.example/shop/web:1', isLocal), {
        kind: 'registry',
        image: 'registry.example/shop/web:1',
      })
    }
    throws(() => parseArchiveReference('oci://', false), { code: 'ARCHIVE_REFERENCE_INVALID' })
  })

  it('takes anything else for a target', () => {
    for (const target of ['web-0', 'web-0/app', 'deploy/web', 'deploy/web/app']) {
      deepEqual(parseArchiveReference(target, false), { kind: 'target', target })
    }
  })

  it('says ARCHIVE_REFERENCE_INVALID of what names nothing, or leads out of its folder', () => {
    for (const text of [
      '',
      ' ',
      'node-a:.',
      'node-a:..',
      'node-a:/',
      'node-a:/a/',
      'node-a:/a/..',
      'node-a:../a.tar',
      'node-a:a/b.tar',
      'node-a:./a.tar',
      'node-a:/var/../etc/shadow',
      'node-a:/var/./a.tar',
      'node-a://var/a.tar',
      'node-a:/var//a.tar',
    ]) {
      throws(() => parseArchiveReference(text, false), { code: 'ARCHIVE_REFERENCE_INVALID' }, text)
    }
  })

  it('reads back what archives on nodes are called', () => {
    const part = fc
      .uint8Array({ minLength: 1 })
      .map((bytes) => Buffer.from(bytes).toString('latin1'))
      .filter((text) => !/^\.\.?$|\//.test(text))
    fc.assert(
      fc.property(fc.array(part), part, (folders, file) => {
        const folder = `/${folders.join('/')}`
        const path = `${folder === '/' ? '' : folder}/${file}`
        deepEqual(parseArchiveReference(archiveOnNode('node-a', path), false), {
          kind: 'node',
          node: 'node-a',
          file,
          ...(folder !== defaultArchiveFolder && { folder }),
        })
      }),
    )
    deepEqual(parseArchiveReference(archiveOnNode('node-a', `${defaultArchiveFolder}/a.tar`), false), {
      kind: 'node',
      node: 'node-a',
      file: 'a.tar',
    })
  })
})
