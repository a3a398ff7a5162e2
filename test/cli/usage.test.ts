import assert from 'node:assert/strict'
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { closeSync, existsSync, openSync } from 'node:fs'
import { mkdtemp, rm, symlink } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { text } from 'node:stream/consumers'
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

  for (const command of ['create', 'diff', 'fetch', 'inspect', 'rbac', 'version']) {
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
    assert.match(stderr, /^error: unknown flag --namespce \(USAGE\)\n\nDid you mean --namespace\?/)
    assert.equal(exitCode, 2)
  })

  for (const [args, message] of [
    [['fetch'], 'no archive is named'],
    [['inspect'], 'name an archive (USAGE)\n\nSee: kubectl-checkpoint inspect --help\n'],
    [['diff', 'a.tar'], 'name two archives'],
    [['diff', 'a.tar', 'b.tar', 'c.tar'], 'diff takes two archives; surplus: c.tar'],
    [['inspect', 'a.tar', '--fetch'], 'inspect has no flag --fetch'],
    [['version', 'please'], 'version takes no arguments; surplus: please'],
    [['web-0', '-fetch'], 'unknown flag -fetch (USAGE)\n\nDid you mean --fetch?'],
    [['web-0', '--fecth'], 'unknown flag --fecth (USAGE)\n\nDid you mean --fetch?'],
    [['web-0', '--fetch=evidence'], 'use --to evidence'],
    [['web-0', '--all-containers=yes'], '--all-containers is on or off, not "yes"'],
    [['files', 'find', 'a.tar', '--chnge', 'deleted'], '--change? See: kubectl-checkpoint files find --help'],
    [
      ['files', 'cat', 'a.tar', '/b', '/c'],
      'surplus: /c (USAGE)\n\nSee: kubectl-checkpoint files cat --help',
    ],
    [['inspect', 'raw', 'a.img', '--nosuch'], 'See: kubectl-checkpoint inspect raw --help'],
    [['files', 'a.tar', '--nosuch'], 'See: kubectl-checkpoint files --help'],
    [['inspct', './x.tar', '--kubeconfig', '/nowhere'], 'inspct: did you mean inspect? (USAGE)'],
    [['./x.tar', '--kubeconfig', '/nowhere'], 'To look inside: kubectl-checkpoint inspect ./x.tar'],
    [['web-0', '--to', ''], '--to has an empty value'],
    [['web-0', '-c', ''], '--container has an empty value'],
    [['web-0', '-n', ''], '--namespace has an empty value'],
    [['web-0', '--as-group', 'a', '--as-group', ''], '--as-group has an empty value'],
    [['web-0', '-o', 'xml'], '-o "xml" is not known'],
    [['web-0', '-o'], '-o needs a value'],
    [['web-0', '-o', 'jsonpath={.a'], 'no matching }'],
    [['web-0', '-o', 'jsonpath={.items[?(@.pod==)].path}'], 'jsonpath: ?(@.pod==): '],
    [['web-0', '--request-timeout', '600h'], '--request-timeout: "600h" is too long'],
    [['web-0', '--reader-deadline', '600h'], '--reader-deadline: "600h" is too long'],
    [['web-0', '--timeout', 'soon'], '"soon" is not a duration'],
    [['web-0', '--per-node', '0'], '--per-node: "0"'],
    [['web-0', '--kubelet-insecure-tls'], '--kubelet-insecure-tls needs --direct'],
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

  it('takes letters inside a word for no call for help', async () => {
    const { stdout, exitCode } = await run(['-nshop', 'web-0', '--kubeconfig', '/nowhere'])
    assert.equal(stdout, '')
    assert.equal(exitCode, 4)
  })

  it('prints its version for --version, too', async () => {
    const { stdout, exitCode } = await run(['--version', '-oname'])
    assert.match(stdout, /^\d+\.\d+\.\d+\n$/)
    assert.equal(exitCode, 0)
  })

  it('shows examples in lines to copy', async () => {
    const { stdout } = await run(['fetch', '--help'])
    assert.match(stdout, /^ {2}kubectl-checkpoint fetch node-a:checkpoint-web-0_\S+\.tar$/m)
  })

  for (const words of [['version'], ['--help'], ['create', 'web-0', '--help']]) {
    it(`says in a line that a full disk took the result of ${words.join(' ')}`, async function () {
      if (!existsSync('/dev/full')) this.skip()
      const full = openSync('/dev/full', 'w')
      const child = spawn(process.execPath, [binary, ...words], { stdio: ['ignore', full, 'pipe'] })
      const [stderr, [exitCode]] = await Promise.all([
        text(child.stderr ?? assert.fail()),
        once(child, 'exit'),
      ])
      closeSync(full)
      assert.match(stderr, /^error: the result cannot be written: ENOSPC.*\n$/)
      assert.equal(exitCode, 1)
    })
  }

  it('says in a line that the current folder is gone', async () => {
    const script = 'mkdir gone && cd gone && rmdir ../gone && exec "$0" "$1" version'
    const child = spawn('sh', ['-c', script, process.execPath, binary], {
      cwd: folder,
      stdio: ['ignore', 'ignore', 'pipe'],
    })
    const [stderr, [exitCode]] = await Promise.all([text(child.stderr), once(child, 'exit')])
    assert.equal(stderr, 'error: the current folder is gone; go to another one\n')
    assert.equal(exitCode, 1)
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
