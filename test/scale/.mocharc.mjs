// As large as the suites get; `pnpm test` runs them on a tenth of it.
process.env.FULL_SCALE = '1'

export default {
  'node-option': ['import=tsx/esm'],
  spec: ['test/scale/**/*.test.ts'],
  timeout: 300_000,
  slow: 60_000,
  parallel: false,
}
