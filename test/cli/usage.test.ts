import assert from 'node:assert/strict'
import { mkdtemp, rm, symlink } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { binary, run } from './run.ts'

describe('kubectl-checkpoint, how it is used', () => {
  let folder: string

  before(async () => {
    folder = await mkdtemp(join(tmpdir(), 'kubectl-checkpoint-test-'))
    await symlink(binary, join(folder, 'kubectl-checkpoint'))
  })

  after(async () => {
    await rm(folder, { recursive: true })
  })

  it('prints help without words, and that is no failure', async () => {
    const { stdout, stderr, exitCode } = await run([])
    assert.match(stdout, /^kubectl-checkpoint \[targets\.\.\]\n/)
    assert.equal(stderr, '')
    assert.equal(exitCode, 0)
  })

  it("calls itself kubectl's command when kubectl started it", async () => {
    const { stdout } = await run(['--help'], { program: join(folder, 'kubectl-checkpoint') })
    assert.match(stdout, /^kubectl checkpoint \[targets\.\.\]\n/)
    assert.match(stdout, /^ {2}kubectl checkpoint inspect \$\(kubectl checkpoint web-0 -o name\)$/m)
  })

  for (const command of ['create', 'fetch', 'inspect', 'version']) {
    it(`describes ${command} within 80 columns`, async () => {
      const { stdout, exitCode } = await run([command, '--help'])
      assert.match(stdout, new RegExp(`^kubectl-checkpoint ${command}`))
      assert.match(stdout, /--help/)
      assert.deepEqual(
        stdout.split('\n').filter((line) => line.length > 80 && !/^ {2}kubectl-checkpoint /.test(line)),
        [],
      )
      assert.equal(exitCode, 0)
    })
  }

  it('refuses an unknown flag, and suggests the one that was meant', async () => {
    const { stdout, stderr, exitCode } = await run(['web-0', '--namespce', 'shop'])
    assert.equal(stdout, '')
    assert.match(stderr, /^error: unknown flag or argument: namespce\n\nDid you mean --namespace\?/)
    assert.equal(exitCode, 2)
  })

  for (const [args, message] of [
    [['fetch'], 'Not enough non-option arguments'],
    [['inspect', 'a.tar', 'b.tar'], 'unknown flag or argument: b.tar'],
    [['web-0', '-o', 'xml'], '-o "xml" is not known'],
    [['web-0', '-o'], 'Not enough arguments following: o'],
    [['web-0', '-o', 'jsonpath={.a'], 'no matching }'],
    [['web-0', '--timeout', 'soon'], '"soon" is not a duration'],
    [['web-0', '--per-node', '0'], '--per-node: "0"'],
    [['web-0', '--kubelet-insecure-tls'], 'kubelet-insecure-tls -> direct'],
    [['web-0', '--direct', '--kubelet-certificate-authority', '/nowhere'], 'ENOENT'],
  ] as const) {
    it(`refuses: ${args.join(' ')}`, async () => {
      const { stdout, stderr, exitCode } = await run(args)
      assert.equal(stdout, '')
      assert.ok(stderr.startsWith('error: ') && stderr.includes(message), stderr)
      assert.equal(exitCode, 2)
    })
  }

  it('takes a flag that is given twice at its last word, as kubectl does', async () => {
    const { stdout } = await run(['version', '-o', 'yaml', '-o', 'name'])
    assert.match(stdout, /^\d+\.\d+\.\d+\n$/)
  })

  it('prints its version for people and for programs', async () => {
    const { stdout } = await run(['version'])
    assert.match(stdout, /^kubectl-checkpoint \d+\.\d+\.\d+ \(Node\.js /)
    const { stdout: yaml } = await run(['version', '-o', 'yaml'])
    assert.match(yaml, /^apiVersion: kubectl-checkpoint\/v1\nkind: Version\nversion: /)
  })

  it('tells an old Node.js in a sentence, not by a syntax error', async () => {
    const pretend = "Object.defineProperty(process, 'versions', { value: { node: '22.22.1' } })"
    const NODE_OPTIONS = `--import=data:text/javascript,${encodeURIComponent(pretend)}`
    const { stdout, stderr, exitCode } = await run(['--help'], { env: { NODE_OPTIONS } })
    assert.equal(stdout, '')
    assert.match(
      stderr,
      /^error: kubectl-checkpoint needs Node\.js 22\.22\.2 or newer; this is 22\.22\.1, at .*\n$/,
    )
    assert.equal(exitCode, 1)
  })

  it('says which kubeconfig is missing', async () => {
    const { stderr, exitCode } = await run(['web-0', '--kubeconfig', '/nowhere'])
    assert.match(stderr, /^error: \/nowhere: no such file\n/)
    assert.equal(exitCode, 4)
  })
})
