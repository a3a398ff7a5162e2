import assert from 'node:assert/strict'
import type { Difference, Inspection } from '@kubectl-checkpoint/core/documents'
import {
  toldLink,
  toldMapping,
  toldProcess,
  toldSockets,
  trueLink,
  trueMappings,
  trueProcess,
  trueSockets,
} from '../../truth/compare.ts'
import type { Truth } from '../../truth/truth.ts'
import { cli, readJson, takeCheckpoints } from '../support/cli.ts'
import { kubectl } from '../support/kubectl.ts'
import { readTruthOnNode } from '../support/truth.ts'
import { startPods, svcPod, useNamespace } from '../support/workloads.ts'

describe('an archive that was made just now, still on its node', () => {
  const namespace = useNamespace()
  let truth: Truth
  let archive: string

  const take = async () => {
    const [taken] = await takeCheckpoints('svc-0', '--namespace', namespace)
    assert.ok(taken)
    return taken.archive
  }

  before('takes a checkpoint, right after looking into /proc', async () => {
    await startPods(namespace, svcPod('svc-0', { node: 'node-b' }))
    truth = await readTruthOnNode('node-b', 'python3')
    archive = await take()
  })

  it('tells of all processes what /proc said of them', async () => {
    const told = await readJson<Inspection>(['inspect', archive, '--namespace', namespace])
    const byPid = told.processes.toSorted((a, b) => a.pid - b.pid)
    assert.deepEqual(byPid.map(toldProcess), truth.processes.map(trueProcess))
    assert.deepEqual(
      byPid.map(({ files = [] }) => files.map(toldLink)),
      truth.processes.map(({ fds }, at) =>
        fds.map((link, place) => trueLink(link, byPid[at]?.files?.[place])),
      ),
    )
    assert.deepEqual(
      byPid.map(({ memory }) => memory?.mappings?.map(toldMapping)),
      truth.processes.map(({ maps }) => trueMappings(maps)),
    )
    assert.deepEqual(toldSockets(told), trueSockets(truth))
    assert.deepEqual([told.unreadable, told.unknownImages], [[], []])
  })

  it('gives its summary within 15 reads', async () => {
    const { code, stdout, stderr } = await cli('inspect', archive, '--namespace', namespace)
    assert.equal(code, 0, stderr)
    assert.match(stdout, /^Listening: .* tcp 0\.0\.0\.0:8000 by python3/ms)
    const [, reads] = /in (\d+) reads$/m.exec(stderr) ?? []
    assert.ok(Number(reads) <= 15, stderr)
  })

  it('gives back a file that was deleted, and what only a memfd held', async () => {
    const cat = async (path: string) => {
      const { code, stdout, stderr } = await cli('files', 'cat', archive, path, '--namespace', namespace)
      assert.equal(code, 0, stderr)
      return stdout
    }
    assert.equal(await cat('/tmp/gone'), 'deleted but open: GHOST-MARKER')
    assert.equal(await cat('memfd:settings'), 'MEMFD-MARKER-42')
  })

  it('differs from a later one in the file that was written meanwhile, and not from itself', async () => {
    const write = 'echo later > /data/out/later.txt'
    await kubectl('exec', '--namespace', namespace, 'svc-0', '--', 'sh', '-c', write)
    const later = await take()
    const diff = (other: string) =>
      cli(
        'diff',
        archive,
        other,
        '--only',
        'files',
        '--contents',
        '--namespace',
        namespace,
        '--output',
        'json',
      )
    const same = await diff(archive)
    assert.equal(same.code, 0, same.stderr)
    const different = await diff(later)
    assert.equal(different.code, 1, different.stderr)
    const { files }: Difference = JSON.parse(different.stdout)
    assert.deepEqual(
      files.map(({ path }) => path),
      ['/data/out/later.txt'],
    )
  })
})
