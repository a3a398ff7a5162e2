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
    assert.match(stderr, /^error: unknown flag or argument: namespce \(USAGE\)\n\nDid you mean --namespace\?/)
    assert.equal(exitCode, 2)
  })

  for (const [args, message] of [
    [['fetch'], 'Not enough non-option arguments'],
    [['inspect', 'a.tar', 'b.tar'], 'unknown flag or argument: b.tar'],
    [['web-0', '-o', 'xml'], '-o "xml" is not known'],
    [['web-0', '-o'], 'Not enough arguments following: o'],
    [['web-0', '-o', 'jsonpath={.a'], 'no matching }'],
    [['web-0', '-o', 'jsonpath={.items[?(@.pod==)].path}'], 'jsonpath: ?(@.pod==): '],
    [['web-0', '--request-timeout', '600h'], '--request-timeout: "600h" is too long'],
    [['web-0', '--reader-deadline', '600h'], '--reader-deadline: "600h" is too long'],
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

  const helpOn = (node: string) => {
    const pretend = `Object.defineProperty(process, 'versions', { value: { node: '${node}' } })`
    const NODE_OPTIONS = `--import=data:text/javascript,${encodeURIComponent(pretend)}`
    return run(['--help'], { env: { NODE_OPTIONS } })
  }

  for (const node of ['20.19.0', '22.22.1', '23.11.1', '24.14.9', '25.9.0']) {
    it(`tells Node.js ${node} in a sentence what it needs, not by a syntax error`, async () => {
      const { stdout, stderr, exitCode } = await helpOn(node)
      assert.equal(stdout, '')
      const [sentence, found] = stderr.split('; ')
      assert.equal(
        sentence,
        'error: kubectl-checkpoint needs Node.js 22 from 22.22.2, 24 from 24.15, or 26 or newer',
      )
      assert.match(found ?? '', new RegExp(`^this is ${node}, at .*\\n$`))
      assert.equal(exitCode, 1)
    })
  }

  for (const node of ['22.22.2', '22.23.0', '24.15.0', '26.0.0', '27.1.0']) {
    it(`runs on Node.js ${node}`, async () => {
      assert.equal((await helpOn(node)).exitCode, 0)
    })
  }

  it('says which kubeconfig is missing', async () => {
    const { stderr, exitCode } = await run(['web-0', '--kubeconfig', '/nowhere'])
    assert.match(stderr, /^error: \/nowhere: no such file \(KUBECONFIG_NOT_FOUND\)\n/)
    assert.equal(exitCode, 4)
  })
})
