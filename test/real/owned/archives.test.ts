import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { mkdir, rm, writeFile } from 'node:fs/promises'
import { basename, dirname, join } from 'node:path'
import type { NodeArchive } from '@kubectl-checkpoint/core/documents'
import { cli, readJson, startCli, takeCheckpoints } from '../support/cli.ts'
import { useFolder } from '../support/folder.ts'
import { kubectl } from '../support/kubectl.ts'
import { type NodeName, restartKubelet, runOnNode, stopKubelet } from '../support/own-cluster.ts'
import { untilNoReaderPod } from '../support/readers.ts'
import { appPod, startPods, useNamespace } from '../support/workloads.ts'

const list = async (...argv: readonly string[]): Promise<readonly NodeArchive[]> =>
  (await readJson<{ items: readonly NodeArchive[] }>(['get', ...argv])).items

const on = (node: NodeName, name: string, container = 'app') => appPod(name, { node, container })

describe('kubectl checkpoint get', () => {
  const id = randomUUID().slice(0, 8)
  const namespace = useNamespace(`archives${id}`)
  /** In their archives' names, `eu-app` of the one and `app` of the other look alike. */
  const dashed = useNamespace(`archives${id}-eu`)
  const folder = useFolder()

  before('starts pods on both nodes', async () => {
    await startPods(namespace, on('node-a', 'web-0'), on('node-b', 'web-1'), on('node-a', 'twin', 'eu-app'))
    await startPods(dashed, on('node-a', 'twin'))
  })
  after('removes what was taken', async () => {
    for (const node of ['node-a', 'node-b'] as const) {
      await runOnNode(
        node,
        'sh',
        '-c',
        `rm -f /var/lib/kubelet/checkpoints/*archives${id}*; rm -rf /var/tmp/archives${id}`,
      )
    }
  })

  it('lists what was taken on both nodes, the newest last, with names that other commands take', async () => {
    const taken = [
      ...(await takeCheckpoints('web-0', '--namespace', namespace, '--note', 'first of all')),
      ...(await takeCheckpoints('web-1', '--namespace', namespace)),
    ]
    const found = await list('--namespace', namespace)
    assert.deepEqual(
      found.map(({ archive, node, pod, engine, state, podStatus, note }) => ({
        archive,
        node,
        pod,
        engine,
        state,
        podStatus,
        note,
      })),
      taken.map(({ archive, node, pod }, index) => ({
        archive,
        node,
        pod,
        engine: 'containerd',
        state: 'complete',
        podStatus: 'running',
        note: index === 0 ? 'first of all' : undefined,
      })),
    )
    const { stdout: names } = await cli('get', '--namespace', namespace, '--output', 'name')
    assert.deepEqual(
      names.trim().split('\n'),
      taken.map(({ archive }) => archive),
    )
    const { code } = await cli('inspect', ...names.trim().split('\n'), '--output', 'name')
    assert.equal(code, 0)
    await untilNoReaderPod(8)
  })

  it('goes on with --watch, tells what comes and goes, and ends at Ctrl-C without a complaint', async () => {
    const running = await startCli(['get', '--watch', '--namespace', namespace, '--output', 'json'])
    await running.stdoutMatches(/checkpoint-web-0_/)
    const [taken] = await takeCheckpoints('web-1', '--namespace', namespace)
    const { path = '' } = taken ?? {}
    const change = (type: string) =>
      new RegExp(`"type":\\s*"${type}"[^}]*${basename(path).replaceAll(/[.+]/g, '.')}`)
    await running.stdoutMatches(change('ADDED'))
    await runOnNode('node-b', 'rm', path)
    await running.stdoutMatches(change('DELETED'))
    running.kill('SIGINT')
    const { code, stderr } = await running.ended
    assert.equal(code, 130)
    assert.doesNotMatch(stderr, /error/)
  })

  it('asks archives whose names fit two containers', async () => {
    const [one] = await takeCheckpoints('twin/eu-app', '--namespace', namespace)
    const [other] = await takeCheckpoints('twin/app', '--namespace', dashed)
    assert.ok(one && other)
    const of = async (namespace: string) =>
      (await list('twin', '--namespace', namespace)).map(({ archive, container }) => [archive, container])
    assert.deepEqual(await of(namespace), [[one.archive, 'eu-app']])
    assert.deepEqual(await of(dashed), [[other.archive, 'app']])
  })

  it('says what has become of pods, and finds the archives of those that are gone', async () => {
    await startPods(namespace, on('node-b', 'db-0'), on('node-b', 'db-1'))
    await takeCheckpoints('db-0', 'db-1', '--namespace', namespace)
    await kubectl('delete', 'pod', 'db-0', 'db-1', '--namespace', namespace)
    await startPods(namespace, on('node-a', 'db-0'))
    const found = await list('statefulset/db', 'pod/db-0', '--namespace', namespace)
    assert.deepEqual(found.map(({ pod, node, podStatus }) => [pod, node, podStatus]).sort(), [
      ['db-0', 'node-b', 'replaced'],
      ['db-1', 'node-b', 'gone'],
    ])
  })

  it('shows pins as checkpoint-restore-operator makes them', async () => {
    const [first] = await list('web-0', '--namespace', namespace)
    assert.ok(first)
    const marker = { managedBy: 'checkpoint-restore-operator/podrestore', podRestoreOwners: ['shop/web'] }
    await runOnNode('node-a', 'sh', '-c', 'printf %s "$1" >"$0.keep"', first.path, JSON.stringify(marker))
    const [pinned] = await list('web-0', '--namespace', namespace)
    assert.deepEqual(pinned?.pin, { kind: 'managed', managedBy: marker.managedBy, owners: ['shop/web'] })
    await runOnNode('node-a', 'sh', '-c', ': >"$0.keep"', first.path)
    assert.deepEqual((await list('web-0', '--namespace', namespace))[0]?.pin, { kind: 'manual' })
  })

  it('looks where the configuration says that a kubelet puts archives', async () => {
    const [first] = await list('web-0', '--namespace', namespace)
    assert.ok(first)
    const moved = `/var/tmp/archives${id}/checkpoints`
    await runOnNode('node-a', 'sh', '-c', 'mkdir -p "$1" && cp "$0" "$1"', first.path, moved)
    const config = join(folder, 'config.yaml')
    await mkdir(folder, { recursive: true })
    await writeFile(config, `nodes: { node-a: { kubeletRoot: ${dirname(moved)} } }\n`)
    const argv = ['web-0', '--namespace', namespace, '--config', config]
    assert.deepEqual(
      (await list(...argv)).map(({ archive }) => archive),
      [`node-a:${moved}/${basename(first.path)}`],
    )
    await rm(config)
  })

  describe('of kubelets that change', () => {
    after('restores them', async () => {
      await restartKubelet('node-a')
      await restartKubelet('node-b')
    })

    it('tells times of three time zones', async () => {
      const zones = { 'Asia/Kolkata': '+05:30', 'America/Argentina/Buenos_Aires': '-03:00', UTC: 'Z' }
      const taken = []
      for (const [zone, offset] of Object.entries(zones)) {
        await restartKubelet('node-a', '', zone)
        const began = Math.floor(Date.now() / 1000) * 1000
        const [checkpoint] = await takeCheckpoints('web-0', '--namespace', namespace)
        assert.ok(checkpoint?.archive.endsWith(`${offset}.tar`), checkpoint?.archive)
        taken.push({ archive: checkpoint?.archive, began, ended: Date.now() })
      }
      const found = (await list('web-0', '--namespace', namespace)).slice(-taken.length)
      assert.deepEqual(
        found.map(({ archive }) => archive),
        taken.map(({ archive }) => archive),
      )
      for (const [index, { takenAt = '' }] of found.entries()) {
        const { began = 0, ended = 0 } = taken[index] ?? {}
        assert.ok(began <= Date.parse(takenAt) && Date.parse(takenAt) <= ended, takenAt)
      }
    })

    it('ends with 3 where a node cannot be asked, and shows what the other has', async () => {
      await stopKubelet('node-b')
      await kubectl('wait', '--for=condition=Ready=Unknown', 'node/node-b', '--timeout=120s')
      const { code, stdout, stderr } = await cli('get', '--namespace', namespace)
      assert.equal(code, 3, stderr)
      assert.match(stderr, /node node-b cannot be asked: .*NODE_NOT_READY/s)
      assert.match(stdout, /^web-0 .* node-a /m)
      assert.doesNotMatch(stdout, / node-b /)
    })
  })
})
