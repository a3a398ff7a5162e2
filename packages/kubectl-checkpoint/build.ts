import { chmod, rename, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { PassThrough } from 'node:stream'
import { text } from 'node:stream/consumers'
import { build, type Plugin } from 'esbuild'
import { main } from './src/main.ts'
import { preparedWidth } from './src/prepared-help.ts'

const here = import.meta.dirname
const outdir = join(here, `dist.${process.pid}`)

const textWidth = join(here, 'src/output/text-width.ts')

/** What takes the place of modules that yargs loads, where they take long to load and are of no use here. */
const standIns: Readonly<Record<string, string>> = {
  // Has tables of emoji, and measures help with them. Our flags and their descriptions hold none.
  'string-width': `export { textWidth as default } from ${JSON.stringify(textWidth)}`,
  // Finds mistakes of yargs in itself. What yargs has for browsers does without it, too.
  assert: 'export const strictEqual = () => {}, notStrictEqual = strictEqual',
}

const leanYargs: Plugin = {
  name: 'lean-yargs',
  setup({ onResolve, onLoad }) {
    onResolve({ filter: /^(string-width|assert)$/ }, ({ path, importer }) =>
      /[\\/]\.pnpm[\\/](yargs|cliui|wrap-ansi@9)/.test(importer)
        ? { path, namespace: 'stand-in' }
        : undefined,
    )
    onLoad({ filter: /./, namespace: 'stand-in' }, ({ path }) => ({
      contents: standIns[path] ?? '',
      resolveDir: here,
    }))
  },
}

/**
 * To import `fs` or `util` is to read all that they export, and some of that is loaded when it is read: all of worker
 * threads, for one. An object that inherits it has no exports of its own to be read beforehand.
 */
const lateBuiltins: Plugin = {
  name: 'late-builtins',
  setup({ onResolve, onLoad }) {
    onResolve({ filter: /^(node:)?(fs|util)$/ }, ({ path, kind }) =>
      kind === 'import-statement'
        ? { path: path.replace('node:', ''), namespace: 'late-builtin' }
        : undefined,
    )
    onLoad({ filter: /./, namespace: 'late-builtin' }, ({ path }) => ({
      contents: `module.exports = Object.create(process.getBuiltinModule('${path}'))`,
    }))
  },
}

const { metafile } = await build({
  entryPoints: [{ in: join(here, 'src/entry.ts'), out: 'kubectl-checkpoint' }],
  outdir,
  outExtension: { '.js': '.mjs' },
  chunkNames: 'chunks/[name]-[hash]',
  bundle: true,
  plugins: [leanYargs, lateBuiltins],
  // What a command doesn't need stays in chunks that it doesn't load.
  splitting: true,
  format: 'esm',
  platform: 'node',
  // ESM where a package has both: it needs no wrapper, and what is unused goes.
  mainFields: ['module', 'main'],
  target: 'node22.22',
  // Names stay, for stack traces and for `error.name`.
  minifySyntax: true,
  minifyWhitespace: true,
  legalComments: 'linked',
  define: { 'process.env.NODE_ENV': '"production"' },
  // React's developer tools, which Ink loads in a chunk of its own if DEV is set and they are installed.
  external: ['react-devtools-core'],
  // Bundled CommonJS packages call `require` for Node's own modules.
  banner: {
    js: "import { createRequire as createRequireOfBundle } from 'node:module'; const require = createRequireOfBundle(import.meta.url);",
  },
  metafile: true,
  logLevel: 'warning',
})
await chmod(join(outdir, 'kubectl-checkpoint.mjs'), 0o755)
// For tests of what a command loads.
await writeFile(join(outdir, 'chunks.json'), JSON.stringify(metafile.outputs))
await writeFile(join(outdir, 'help.json'), JSON.stringify(await prepareHelp()))

// In one go, for those who run the command meanwhile.
await rm(join(here, 'dist'), { recursive: true, force: true })
await rename(outdir, join(here, 'dist'))

/** What `--help` prints, by the words before it: `''`, `create`, `fetch` … */
async function prepareHelp(): Promise<Record<string, string>> {
  const ask = async (...words: string[]) => {
    const stdout = Object.assign(new PassThrough(), { columns: preparedWidth })
    const io = {
      program: '',
      stdin: process.stdin,
      stdout,
      stderr: process.stderr,
      env: {},
      signal: new AbortController().signal,
    }
    await main([...words, '--help'], io)
    return text(stdout.end())
  }
  const help = await ask()
  const names = [...help.matchAll(/^ {2}kubectl-checkpoint ([a-z]+) /gm)].map(([, name = '']) => name)
  const topics = await Promise.all(names.map(async (name) => [name, await ask(name)]))
  return Object.fromEntries([['', help], ...topics])
}
