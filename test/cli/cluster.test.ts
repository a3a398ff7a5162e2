import assert from 'node:assert/strict'
import { once } from 'node:events'
import { mkdtemp, readdir, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { basename, join } from 'node:path'
import { text } from 'node:stream/consumers'
import { type Pod, type StandIn, startStandIn } from '@kubectl-checkpoint/test-support/stand-in'
import { type Outcome, outcome, run, start } from './run.ts'

describe('kubectl-checkpoint on a cluster', () => {
  let standIn: StandIn
  let folder: string
  let env: Readonly<Record<string, string>>

  const runHere = (...args: string[]): Promise<Outcome> => run(args, { env, cwd: folder })

  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'kubectl-checkpoint-test-'))
    standIn = await startStandIn()
    await standIn.writeKubeconfig(join(folder, 'kubeconfig'))
    env = { KUBECONFIG: join(folder, 'kubeconfig') }
  })

  afterEach(async () => {
    await standIn.close()
    await rm(folder, { recursive: true })
  })

  it('checkpoints a pod: the result on stdout, the steps on stderr', async () => {
    const { stdout, stderr, exitCode } = await runHere('miner-a')
    assert.match(
      stdout,
      /^POD {7}CONTAINER {3}NODE {5}ARCHIVE\nminer-a {3}cache {7}node-a {3}node-a:checkpoint-miner-a_shop-cache-\S+\.tar\n$/,
    )
    assert.match(stderr, /^shop\/miner-a\/cache: checkpointing\nshop\/miner-a\/cache: done in \d+\.\ds\n$/)
    assert.equal(exitCode, 0)
  })

  it('takes what stands behind -- as targets', async () => {
    const { stdout, exitCode } = await runHere('miner-a', '-oname', '--', 'svc')
    assert.match(stdout, /^node-a:checkpoint-miner-a_.*\nnode-b:checkpoint-svc_.*\n$/)
    assert.equal(exitCode, 0)
  })

  it('takes a value right behind its letter, as kubectl does', async () => {
    const { stderr, exitCode } = await runHere('miner-a', '-nnowhere')
    assert.match(stderr, /miner-a in namespace nowhere/)
    assert.equal(exitCode, 4)
  })

  it('prints a name that inspect takes, and says how little it read', async () => {
    const { stdout: name } = await runHere('svc', '-o', 'name')
    const { stdout, stderr } = await runHere('inspect', name.trim(), '-o', 'jsonpath={.container.pod}')
    assert.equal(stdout, 'svc')
    assert.match(stderr, /^read [\d.]+ KiB of 21\.6 MiB \(\d\.\d %\) in \d+ reads$/m)
  })

  it('brings the archives here, under names that any system takes', async () => {
    const { stdout, exitCode } = await runHere('miner-a', '--fetch', '-o', 'name')
    assert.equal(exitCode, 0)
    const files = (await readdir(folder)).filter((file) => file !== 'kubeconfig')
    assert.equal(files.length, 1)
    assert.match(files[0] ?? '', /^checkpoint-miner-a_shop-cache-[-0-9TZ]+\.tar$/)
    assert.ok(stdout.trim().endsWith(files[0] ?? ''), stdout)
    const { stdout: comm } = await runHere('inspect', stdout.trim(), '-o', 'jsonpath={.processes[0].comm}')
    assert.equal(comm, 'kinsing')
  })

  it('fetches an archive that is on its node', async () => {
    const { stdout: archive } = await runHere('miner-a', '-o', 'name')
    const { stdout, exitCode } = await runHere('fetch', archive.trim(), '--to', folder, '-o', 'json')
    const list = JSON.parse(stdout)
    assert.equal(list.kind, 'FetchedArchiveList')
    assert.equal(list.items[0].archive, archive.trim())
    assert.match(list.items[0].sha256, /^[0-9a-f]{64}$/)
    assert.equal(exitCode, 0)
  })

  it('fetches what is selected, compressed on demand, and says how it came', async () => {
    await runHere('miner-a')
    await runHere('svc')
    const { stdout, exitCode } = await runHere('fetch', '--all', '--compress', 'gzip', '-o', 'wide')
    assert.equal(exitCode, 0)
    const rows = stdout.trimEnd().split('\n')
    assert.match(rows[0] ?? '', /^ARCHIVE +SIZE +LOCAL FILE +TRANSFER +SHA256$/)
    assert.equal(rows.length, 3)
    for (const row of rows.slice(1)) assert.match(row, / [\d.]+ [KM]iB by gzip +[0-9a-f]{64}$/)
  })

  it('exits with 2 where fetch is told nothing to fetch, or a compression there is none of', async () => {
    assert.equal((await runHere('fetch')).exitCode, 2)
    const { stderr, exitCode } = await runHere('fetch', 'miner-a', '--compress', 'xz')
    assert.match(stderr, /--compress: "xz" is none of auto, none, gzip, zstd/)
    assert.equal(exitCode, 2)
    assert.equal((await runHere('fetch', 'miner-a', '--nodes-at-once', '0')).exitCode, 2)
    assert.deepEqual(standIn.requests, [])
  })

  it('shows namespaces where there are several, or on demand', async () => {
    const { stdout } = await runHere('deployment/web', '-o', 'wide', '--no-headers')
    const rows = stdout.trimEnd().split('\n')
    assert.equal(rows.length, 2)
    assert.ok(rows.every((row) => row.startsWith('shop ')))
  })

  it('exits with 3 if only some items failed, and says why with what to do', async () => {
    const { stdout, stderr, exitCode } = await runHere('miner-a', 'svc-tcp')
    assert.match(stdout, /^miner-a /m)
    assert.doesNotMatch(stdout, /svc-tcp/)
    assert.match(stderr, /^error: CRIU could not dump shop\/svc-tcp\/svc\./m)
    assert.match(stderr, /^In \/etc\/criu\/runc\.conf on the node:\n\n {4}tcp-established$/m)
    assert.equal(exitCode, 3)
  })

  it('does not count a checkpoint as done that could not be fetched', async () => {
    standIn.faults.wrongDigest = true
    const { stdout, stderr, exitCode } = await runHere('miner-a', '--fetch', '-o', 'name')
    assert.match(stdout, /^node-a:checkpoint-miner-a_/)
    assert.match(stderr, /^note: shop\/miner-a\/cache: its archive stays on the node;/m)
    assert.match(stderr, /\(DIGEST_MISMATCH\)$/m)
    assert.equal(exitCode, 9)
  })

  it('prints failures in JSON, too', async () => {
    const { stdout, exitCode } = await runHere('svc-tcp', '-o', 'json')
    const { kind, items, failures } = JSON.parse(stdout)
    assert.equal(kind, 'CheckpointList')
    assert.deepEqual(items, [])
    assert.equal(failures[0].item, 'shop/svc-tcp/svc')
    assert.equal(failures[0].error.code, 'CRIU_REFUSED')
    assert.equal(failures[0].error.fix.nodeFile.path, '/etc/criu/runc.conf')
    assert.equal(exitCode, 7)
  })

  it('prints a manifest to paste where a right is missing', async () => {
    standIn.faults.forbidden.add('create nodes/proxy')
    const { stderr, exitCode } = await runHere('miner-a')
    assert.match(stderr, /^kubectl apply -f - <<'EOF'\n.*nodes\/proxy.*^EOF$/ms)
    assert.equal(exitCode, 5)
  })

  it('asks the cluster nothing for a template with a mistake', async () => {
    const { stdout, exitCode } = await runHere('miner-a', '-o', 'jsonpath={.items[?(@.pod==)].path}')
    assert.equal(stdout, '')
    assert.equal(exitCode, 2)
    assert.deepEqual(standIn.requests, [])
  })

  it('takes fractions of a second', async () => {
    assert.equal((await runHere('miner-a', '--request-timeout', '2.01s')).exitCode, 0)
  })

  it('goes on to the end when nobody reads stderr any more', async () => {
    const child = start(['miner-a', '--fetch', '-o', 'name'], { env, cwd: folder })
    child.stderr.destroy()
    const exit = once(child, 'exit')
    const path = (await text(child.stdout)).trim()
    assert.deepEqual(await exit, [0, null])
    assert.deepEqual(await readdir(folder), [basename(path), 'kubeconfig'])
    assert.ok(
      standIn.requests.some(({ method }) => method === 'DELETE'),
      'the reader pod was not deleted',
    )
  })

  it('exits with 4 for a pod that is not there', async () => {
    const { stdout, exitCode } = await runHere('web-0')
    assert.equal(stdout, '')
    assert.equal(exitCode, 4)
  })

  it('takes a word near a command for that, if more words follow', async () => {
    const { stderr, exitCode } = await runHere('inspct', 'checkpoint.tar')
    assert.match(
      stderr,
      /^error: inspct: did you mean inspect\? \(USAGE\)\n\nIf it is a pod, write pod\/inspct$/m,
    )
    assert.equal(exitCode, 2)
  })

  it('exits with 6 where the feature is off', async () => {
    standIn.faults.checkpoints.set('node-a', {
      status: 404,
      contentType: 'text/plain; charset=utf-8',
      body: '404 page not found\n',
    })
    assert.equal((await runHere('miner-a')).exitCode, 6)
  })

  it('exits with 8 if nobody answers', async () => {
    await standIn.close()
    assert.equal((await runHere('miner-a')).exitCode, 8)
  })

  it('cleans up at the first Ctrl-C, and says so', async () => {
    standIn.faults.checkpoints.set('shop/miner-a/cache', { hold: new Promise(() => {}) })
    const child = start(['miner-a'], { env, cwd: folder })
    await standIn.whenRequested(({ method, path }) => method === 'POST' && path.includes('/checkpoint/'))
    child.kill('SIGINT')
    const { stdout, stderr, exitCode } = await outcome(child)
    assert.equal(stdout, '')
    assert.match(stderr, /^stopping and cleaning up; Ctrl-C once more leaves at once$/m)
    assert.match(stderr, /^note: shop\/miner-a\/cache: node-a has no new archive of this container so far$/m)
    assert.equal(exitCode, 130)
    const made = standIn.requests.find(({ method, path }) => method === 'POST' && path.endsWith('/pods'))
    const { name } = (made?.body as Pod | undefined)?.metadata ?? assert.fail('no reader pod was made')
    assert.ok(
      standIn.requests.some(({ method, path }) => method === 'DELETE' && path.endsWith(`/pods/${name}`)),
      `${name} was not deleted`,
    )
  })

  it('cleans up when the terminal closes, even if it says so twice', async () => {
    standIn.faults.checkpoints.set('shop/miner-a/cache', { hold: new Promise(() => {}) })
    const child = start(['miner-a'], { env, cwd: folder })
    await standIn.whenRequested(({ method, path }) => method === 'POST' && path.includes('/checkpoint/'))
    child.stderr.on('data', (said) => {
      if (String(said).includes('stopping')) child.kill('SIGHUP')
    })
    child.kill('SIGHUP')
    const { stderr, exitCode } = await outcome(child)
    assert.match(stderr, /: node-a has no new archive of this container so far$/m)
    assert.equal(exitCode, 129)
  })

  it('leaves at once at the second Ctrl-C', async () => {
    standIn.faults.checkpoints.set('shop/miner-a/cache', { hold: new Promise(() => {}) })
    const child = start(['miner-a'], { env, cwd: folder })
    await standIn.whenRequested(({ method, path }) => method === 'POST' && path.includes('/checkpoint/'))
    // The reader pod that the first one needs for a last look never starts.
    standIn.faults.podWaiting = 'ContainerCreating'
    child.stderr.on('data', (said) => {
      if (String(said).includes('stopping')) child.kill('SIGINT')
    })
    child.kill('SIGTERM')
    const { stderr, exitCode } = await outcome(child)
    assert.match(stderr, /^left without cleaning up: .* --reader-deadline; .*\.partial$/m)
    assert.equal(exitCode, 130)
  })
})
