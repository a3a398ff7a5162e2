import { deepEqual, equal } from 'node:assert/strict'
import { globSync, readFileSync } from 'node:fs'
import { dirname, join, relative, resolve, sep } from 'node:path'

const root = resolve(import.meta.dirname, '..')
const core = join(root, 'packages/core/src')
const read = (path: string) => readFileSync(path, 'utf8')
const posix = (path: string) => path.split(sep).join('/')

/** Rows of the table in docs/architecture.md: folder → folders it may import. */
const table = new Map(
  [...read(join(root, 'docs/architecture.md')).matchAll(/^\| `([^`]+)` +\|[^|]*\|([^|]*)\|$/gm)].map(
    ([, folder, may]) => [
      folder ?? '',
      (may ?? '')
        .split(',')
        .map((name) => name.trim())
        .filter(Boolean),
    ],
  ),
)
const everyone = [...table.keys()].filter((folder) => folder.endsWith('.ts') || folder === 'bytes')

const sources = globSync('**/*.ts', { cwd: core }).map(posix)
const folderOf = (file: string) =>
  [...table.keys()].find((folder) => file === folder || file.startsWith(`${folder}/`))
const importsOf = (file: string) =>
  [...read(join(core, file)).matchAll(/(?:from|import\()\s*'(\.[^']+)'/g)].map(([, path]) =>
    posix(relative(core, resolve(dirname(join(core, file)), path ?? ''))),
  )

describe('the layout', () => {
  it('has a row in docs/architecture.md for each folder, and a folder for each row', () => {
    deepEqual(
      sources.filter((file) => folderOf(file) === undefined),
      [],
    )
    deepEqual(
      [...table.keys()].filter((folder) => !sources.some((file) => folderOf(file) === folder)),
      [],
    )
  })

  it('imports only what the table allows, and other folders only by their index.ts', () => {
    const wrong: string[] = []
    for (const file of sources) {
      const from = folderOf(file) ?? ''
      const allowed = table.get(from)?.includes('all above') ? [...table.keys()] : (table.get(from) ?? [])
      for (const target of importsOf(file)) {
        const to = folderOf(target) ?? target
        if (to === from) continue
        const whole = to.endsWith('.ts') || target === `${to}/index.ts`
        if (!whole || ![...allowed, ...everyone].includes(to)) wrong.push(`${file} imports ${target}`)
      }
    }
    deepEqual(wrong, [])
  })

  it('publishes each folder of the core under its own name', () => {
    const { exports } = JSON.parse(read(join(root, 'packages/core/package.json')))
    const expected = [...table.keys()].map((folder) =>
      folder.endsWith('.ts')
        ? [`./${folder.slice(0, -3)}`, `./src/${folder}`]
        : [`./${folder}`, `./src/${folder}/index.ts`],
    )
    deepEqual(exports, Object.fromEntries(expected))
  })

  it('keeps printing, the environment and exiting out of the core', () => {
    const forbidden = /\bconsole\.|\bprocess\.(?:env|exit|argv|stdout|stderr|stdin)\b/
    deepEqual(
      sources.filter((file) => forbidden.test(read(join(core, file)))),
      [],
    )
  })

  it('has folder names that say what is in them', () => {
    deepEqual(
      sources.filter((file) => /(^|\/)(utils?|helpers?|common|misc|shared)(\/|\.ts$)/.test(file)),
      [],
    )
  })
})

describe('the error codes', () => {
  const codes = sources
    .filter((file) => file.endsWith('/errors.ts'))
    .flatMap((file) =>
      [...read(join(core, file)).matchAll(/^ {2}\| '([A-Z_]+)'/gm)].map(([, code]) => code ?? ''),
    )
  const tests = globSync(['packages/*/test/**/*.test.ts', 'test/**/*.test.ts'], {
    cwd: root,
    exclude: ['**/node_modules/**', 'test/layout.test.ts'],
  }).map((file) => read(join(root, file)))

  it('are unique in the project', () => {
    equal(codes.length > 30, true)
    deepEqual(
      codes.filter((code, at) => codes.indexOf(code) !== at),
      [],
    )
  })
  it('are each provoked by a test', () => {
    deepEqual(
      codes.filter((code) => !tests.some((text) => text.includes(`'${code}'`))),
      [],
    )
  })
})
