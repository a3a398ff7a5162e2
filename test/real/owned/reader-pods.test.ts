import assert from 'node:assert/strict'
import { readdir } from 'node:fs/promises'
import { startCli, takeCheckpoints } from '../support/cli.ts'
import { useFolder } from '../support/folder.ts'
import type { Ended } from '../support/process.ts'
import { readerPods, readerProcesses, untilNoReaderPod } from '../support/readers.ts'
import { appPod, forbidReaders, startPods, svcPod, useNamespace } from '../support/workloads.ts'

describe('reader pods', () => {
  const namespace = useNamespace()
  const folder = useFolder()
  let archive = ''

  before('starts pods, and takes a checkpoint whose download takes seconds', async () => {
    await startPods(
      namespace,
      appPod('web-0', { node: 'node-a', container: 'app', megabytes: 256 }),
      svcPod('svc-tcp', { node: 'node-a', env: { TCP: '1' } }),
    )
    const [taken] = await takeCheckpoints('web-0', '--namespace', namespace)
    archive = taken?.archive ?? ''
  })

  const start = (...argv: readonly string[]) => startCli([...argv, '--namespace', namespace])

  async function assertNoneLeft({ code, stderr }: Ended, expectedCode: number | null): Promise<void> {
    assert.equal(code, expectedCode, stderr)
    assert.doesNotMatch(stderr, /could not delete the reader pod/)
    await untilNoReaderPod(8)
    assert.deepEqual(await readerProcesses('node-a'), [])
  }

  it('are gone after success', async () => {
    const running = await start('inspect', archive)
    await assertNoneLeft(await running.ended, 0)
  })

  it('are gone after reading why a checkpoint was refused', async () => {
    const running = await start('svc-tcp')
    await running.stderrMatches(/reading CRIU's log/)
    await assertNoneLeft(await running.ended, 7)
  })

  describe('where PodSecurity forbids them', () => {
    const strict = useNamespace()

    before('forbids them', () => forbidReaders(strict))

    it('are not there', async () => {
      const running = await start('inspect', archive, '--reader-namespace', strict)
      await assertNoneLeft(await running.ended, 5)
    })
  })

  it('are gone where their image cannot be pulled', async () => {
    const running = await start('inspect', archive, '--reader-image', 'localhost:5000/none:1')
    await assertNoneLeft(await running.ended, 1)
  })

  for (const step of ['starting the reader pod', 'downloading']) {
    it(`are gone after Ctrl-C while ${step}, as is what came of the file`, async () => {
      const running = await start('fetch', archive, '--to', folder)
      await running.stderrMatches(new RegExp(`: ${step}$`, 'm'))
      running.kill('SIGINT')
      await assertNoneLeft(await running.ended, 130)
      assert.deepEqual(await readdir(folder), [])
    })
  }

  it('are gone at their deadline when the command was killed', async () => {
    const running = await start('fetch', archive, '--to', folder, '--reader-deadline', '10s')
    await running.stderrMatches(/: downloading$/m)
    running.kill('SIGKILL')
    assert.equal((await running.ended).signal, 'SIGKILL')
    assert.match(await readerPods(), /^pod\/checkpoint-reader-/)
    await untilNoReaderPod(20)
    assert.deepEqual(await readerProcesses('node-a'), [])
  })
})
