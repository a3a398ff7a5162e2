import { deepEqual, equal } from 'node:assert/strict'
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { catchRestoreLog } from '../../../src/remote/node-probe/index.ts'
import { parseSections, wholeScript } from '../../../src/remote/node-probe/inquiry.ts'
import { runLocally } from './run-locally.ts'

describe('catchRestoreLog', () => {
  let root: string
  beforeEach(async () => {
    root = await mkdtemp(join(tmpdir(), 'kubectl-checkpoint-test-'))
  })
  afterEach(() => rm(root, { recursive: true }))

  const uid = 'ba4d865a-08d7-4d03-817d-2f490523af6e'
  const tasks = 'io.containerd.runtime.v2.task/k8s.io'
  const folderOf = (id: string) => join(root, 'var/lib/containerd', tasks, id)
  /** As runc does it: the log grows in a folder that is removed as soon as the restore has failed. */
  const restore = async (id: string, podUid: string, text: string) => {
    await mkdir(join(root, 'run/containerd', tasks, id), { recursive: true })
    await writeFile(
      join(root, 'run/containerd', tasks, id, 'config.json'),
      `{"annotations":{"io.kubernetes.cri.sandbox-uid":"${podUid}"}}`,
    )
    await mkdir(folderOf(id), { recursive: true })
    await writeFile(join(folderOf(id), 'restore.log'), text.slice(0, 5))
    await sleep(150)
    await writeFile(join(folderOf(id), 'restore.log'), text)
    await sleep(50)
  }
  const ask = async (seconds: number) => {
    const { parse, ...inquiry } = catchRestoreLog(uid)
    const words = ['sh', '-c', wholeScript(inquiry), 'probe', root, '/proc', uid, `${seconds}`]
    return parse(parseSections(await runLocally(words), 'here'))
  }

  it('keeps the log of a pod over its end, and no other', async () => {
    await restore('0ld', uid, 'of a restore that is over')
    const asked = ask(10)
    await sleep(300)
    await restore('0ther', 'another', 'of another pod')
    await rm(folderOf('0ther'), { recursive: true })
    await restore('a1b2', uid, 'first line\nError (criu/mount.c:1): mnt: No mapping\n')
    await rm(folderOf('a1b2'), { recursive: true })
    deepEqual(await asked, {
      containerId: 'a1b2',
      text: 'first line\nError (criu/mount.c:1): mnt: No mapping\n',
    })
  })

  it('gives up in time', async () => equal(await ask(1), undefined))
})
