// With E2E_KUBECONFIG only what runs on any cluster; the rest reconfigures nodes, which only our own cluster allows.
const suites = process.env.E2E_KUBECONFIG ? ['test/real/portable'] : ['test/real/portable', 'test/real/owned']

export default {
  'node-option': ['import=tsx/esm'],
  require: ['test/real/support/hooks.ts'],
  spec: suites.map((folder) => `${folder}/**/*.test.ts`),
  timeout: 120_000,
  slow: 10_000,
  parallel: false,
  // A command that hangs fails its test by timeout, and must not hold up the end.
  exit: true,
}
