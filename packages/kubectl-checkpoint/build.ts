import { chmod, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { build, type Plugin } from 'esbuild'

const here = import.meta.dirname
const outdir = join(here, 'dist')

/**
 * Stand-ins for what yargs loads or does at each start for the sake of others: it lays out help with packages that
 * know every script and emoji, where ours is ASCII without colours; checks its callers' arguments, as the compiler
 * has done; and looks for commands in folders. Without these `--help` takes twice as long.
 */
const lightYargs: Plugin = {
  name: 'light-yargs',
  setup({ onResolve, onLoad }) {
    const contents: Readonly<Record<string, string>> = {
      './argsert.js': 'export const argsert = () => {}',
      assert: 'export const strictEqual = () => {}; export const notStrictEqual = () => {}',
      'get-caller-file': 'export default () => {}',
      'string-width': 'export default (text) => text.length',
      'strip-ansi': 'export default (text) => text',
      'wrap-ansi': "export { wrap as default } from './src/output/wrap.ts'",
    }
    onResolve({ filter: /.*/ }, ({ path, importer }) =>
      path in contents && /[\\/](yargs|cliui)[\\/][^@]*$/.test(importer)
        ? { path, namespace: 'light-yargs' }
        : undefined,
    )
    onLoad({ filter: /.*/, namespace: 'light-yargs' }, ({ path }) => ({
      contents: contents[path] ?? '',
      resolveDir: here,
    }))
  },
}

await rm(outdir, { recursive: true, force: true })
await build({
  entryPoints: [{ in: join(here, 'src/entry.ts'), out: 'kubectl-checkpoint' }],
  outdir,
  outExtension: { '.js': '.mjs' },
  chunkNames: 'chunks/[name]-[hash]',
  bundle: true,
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
  plugins: [lightYargs],
  // React's developer tools, which Ink loads in a chunk of its own if DEV is set and they are installed.
  external: ['react-devtools-core'],
  // Bundled CommonJS packages call `require` for Node's own modules.
  banner: {
    js: "import { createRequire as createRequireOfBundle } from 'node:module'; const require = createRequireOfBundle(import.meta.url);",
  },
  logLevel: 'warning',
})
await chmod(join(outdir, 'kubectl-checkpoint.mjs'), 0o755)
