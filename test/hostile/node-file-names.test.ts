import { deepEqual, equal, match } from 'node:assert/strict'
import { spawnSync } from 'node:child_process'
import {
  lstatSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { encodeName } from '../../packages/core/src/remote/node-files/encoded-name.ts'
import { readerScript } from '../../packages/core/src/remote/node-files/reader-script.ts'
import { writerScript } from '../../packages/core/src/remote/node-files/writer-script.ts'

const prefix = 'checkpoint-'
const suffix = '.tar'

/** Of files that are archives by their names, whatever is between. */
const archives = [
  `${prefix}plain${suffix}`,
  `${prefix}a\nb${suffix}`,
  `${prefix}..${suffix}`,
  `${prefix} -rf * ${suffix}`,
  `${prefix}'"\`${suffix}`,
  `${prefix}$(touch pwned)${suffix}`,
  `${prefix}\${IFS}\\0057\\c\\${suffix}`,
  `${prefix}*?[a-z]${suffix}`,
  `${prefix}%s%n${suffix}`,
  `${prefix}\u00e9\u202e\ufffd${suffix}`,
  `${prefix}${'x'.repeat(255 - prefix.length - suffix.length)}${suffix}`,
  `${prefix}x${suffix}.keep${suffix}`,
]

/** Of files in the folder that are none. */
const others = [
  '-rf',
  '*',
  '.hidden.tar',
  'a\nb',
  '$(touch pwned)',
  `${prefix}plain${suffix}.keep`,
  `${prefix}plain${suffix}.keep.tmp`,
  `${prefix}plain${suffix}\n`,
  `x${prefix}plain${suffix}`,
]

/** Of what isn't in the folder, or isn't a file. */
const elsewhere = [
  '',
  '.',
  '..',
  '/',
  `a/b`,
  `../outside/${prefix}plain${suffix}`,
  `${prefix}/../../outside/${prefix}plain${suffix}`,
  `${prefix}folder${suffix}/${prefix}inner${suffix}`,
  `/etc/${prefix}plain${suffix}`,
]

const toolsOfLinux = process.platform === 'linux' ? describe : describe.skip

toolsOfLinux('names of files on a node', () => {
  let root: string
  let folder: string
  const outside = () => join(root, 'outside', archives[0] ?? '')

  beforeEach(() => {
    root = mkdtempSync(join(tmpdir(), 'node-file-names-'))
    folder = join(root, 'node')
    mkdirSync(folder)
    mkdirSync(join(root, 'outside'))
    writeFileSync(outside(), 'outside')
    for (const name of [...archives, ...others]) {
      if (name !== `${prefix}plain${suffix}.keep`) writeFileSync(join(folder, name), name)
    }
  })
  afterEach(() => rmSync(root, { recursive: true }))

  const ask = (...lines: string[]) => {
    const { stdout } = spawnSync('sh', ['-c', writerScript, 'checkpoint-writer', folder], {
      input: `${lines.join('\n')}\n`,
      encoding: 'utf8',
    })
    const [greeting, ...answers] = stdout.trimEnd().split('\n')
    equal(greeting, 'ready')
    return answers
  }
  const everything = () => readdirSync(root, { recursive: true }).map(String).sort()
  const stateOf = (name: string | Buffer) => {
    const path = Buffer.concat([Buffer.from(`${folder}/`), Buffer.from(name)])
    const { size, mtimeMs, ino } = lstatSync(path)
    return `${size} ${Math.floor(mtimeMs / 1000)} ${ino}`
  }
  const without = (names: readonly string[], gone: string) => names.filter((name) => name !== `node/${gone}`)

  for (const name of archives) {
    it(`removes ${show(name)} and no other file`, () => {
      const before = everything()
      deepEqual(ask(`remove ${stateOf(name)} ${encodeName(name)}`), ['done'])
      deepEqual(everything(), without(before, name))
    })
  }

  for (const name of archives.filter((name) => name.length < 250)) {
    it(`pins and unpins ${show(name)} and no other file`, () => {
      const before = everything()
      const note = "-n $(touch pwned) %s \\0057 'x'\n"
      deepEqual(ask(`pin ${encodeName(name)} ${encodeName(note)}`), ['done'])
      const pin = `${name}.keep`
      deepEqual(everything(), [...before, `node/${pin}`].sort())
      equal(readFileSync(join(folder, pin), 'utf8'), note)
      deepEqual(ask(`unpin ${stateOf(pin)} ${encodeName(name)}`), ['done'])
      deepEqual(everything(), before)
    })
  }

  for (const name of [...others, ...elsewhere]) {
    it(`touches nothing for ${show(name)}`, () => {
      writeFileSync(join(folder, `${prefix}plain${suffix}.keep`), '')
      const before = everything()
      const word = encodeName(name)
      const state = others.includes(name) ? stateOf(name) : '7 1 1'
      const answers = ask(`remove ${state} ${word}`, `pin ${word} x`, `unpin ${state} ${word}`)
      deepEqual(answers, ['refused', 'refused', 'refused'])
      deepEqual(everything(), before)
    })
  }

  it('removes a file whose name is not UTF-8 by its own bytes only', () => {
    const bytes = Buffer.concat([Buffer.from(prefix), Buffer.of(0xff, 0xfe), Buffer.from(suffix)])
    writeFileSync(Buffer.concat([Buffer.from(`${folder}/`), bytes]), 'odd')
    const before = everything().length
    // What a list makes of it, which is the name of no file.
    deepEqual(ask(`remove ${stateOf(bytes)} ${encodeName(bytes.toString())}`), ['none'])
    equal(everything().length, before)
    const word = `${encodeName(prefix)}\\0377\\0376${encodeName(suffix)}`
    deepEqual(ask(`remove ${stateOf(bytes)} ${word}`), ['done'])
    equal(everything().length, before - 1)
  })

  describe('that are an archive', () => {
    const name = `${prefix}other${suffix}`
    const refuses = (make: (path: string) => void) => {
      make(join(folder, name))
      const before = everything()
      const word = encodeName(name)
      deepEqual(ask(`remove ${stateOf(name)} ${word}`, `pin ${word} x`), ['refused', 'refused'])
      deepEqual(everything(), before)
      equal(readFileSync(outside(), 'utf8'), 'outside')
    }

    it('are refused where they are a link', () => refuses((path) => symlinkSync(outside(), path)))
    it('are refused where they are a link to nowhere', () => refuses((path) => symlinkSync('none', path)))
    it('are refused where they are a folder', () =>
      refuses((path) => {
        mkdirSync(path)
        writeFileSync(join(path, `${prefix}inner${suffix}`), 'inner')
      }))
    it('are refused where they are a pipe', () => refuses((path) => spawnSync('mkfifo', [path])))

    const list = () => {
      const words = ['-c', readerScript, 'checkpoint-reader', folder]
      const { stdout } = spawnSync('sh', words, { input: 'list\n', encoding: 'utf8' })
      return stdout.match(/^item .*\n(?:.*)$/gm)?.map((item) => item.split('\n')) ?? []
    }
    const isListed = (wanted: string) => list().some(([, found]) => found === wanted)

    it('are listed where they are a file, and not where they are a link to one', () => {
      writeFileSync(join(folder, name), '')
      equal(isListed(name), true)
      rmSync(join(folder, name))
      symlinkSync(outside(), join(folder, name))
      equal(isListed(name), false)
    })
    for (const [what, make] of [
      ['a file', (path: string) => writeFileSync(path, '')],
      ['a folder', (path: string) => mkdirSync(path)],
      ['a link to nowhere', (path: string) => symlinkSync('none', path)],
      ['a pipe', (path: string) => void spawnSync('mkfifo', [path])],
    ] as const) {
      it(`are listed with their pin where that is ${what}, as nothing with a pin is removed`, () => {
        make(join(folder, `${name}.keep`))
        equal(isListed(`${name}.keep`), true)
      })
    }
    it('have no pin where its text cannot be written', () => {
      writeFileSync(join(folder, name), '')
      const script = `ulimit -f 0; trap '' XFSZ; ${writerScript}`
      const input = `pin ${encodeName(name)} ${encodeName('x'.repeat(100))}\n`
      const { stdout } = spawnSync('sh', ['-c', script, 'checkpoint-writer', folder], {
        input,
        encoding: 'utf8',
      })
      match(stdout, /^ready\nfailed .*\n$/)
      equal(isListed(`${name}.keep`), false)
    })

    it('are pinned where the pin is a link, also one to nowhere, through which nothing is written', () => {
      writeFileSync(join(folder, name), '')
      symlinkSync(join(root, 'outside', 'note'), join(folder, `${name}.keep`))
      const before = everything()
      const word = encodeName(name)
      const state = stateOf(`${name}.keep`)
      deepEqual(ask(`remove ${stateOf(name)} ${word}`, `pin ${word} x`, `unpin ${state} ${word}`), [
        'pinned',
        'pinned',
        'refused',
      ])
      deepEqual(everything(), before)
    })
  })
})

function show(name: string): string {
  if (name.length > 60) return `one of ${Buffer.byteLength(name)} bytes`
  return JSON.stringify(name).replaceAll(/[^ -~]/g, (odd) => `\\u${odd.charCodeAt(0).toString(16)}`)
}
