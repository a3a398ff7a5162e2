import { deepEqual, equal, rejects } from 'node:assert/strict'
import { mkdtemp, readdir, readFile, rename, rm, stat, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { localExec } from '@kubectl-checkpoint/test-support'
import type { FileIdentity } from '../../../src/remote/node-files/file-identity.ts'
import { openWritableNodeFolder } from '../../../src/remote/node-files/writable-folder.ts'
import { writerScript } from '../../../src/remote/node-files/writer-script.ts'
import { openWriterSession } from '../../../src/remote/node-files/writer-session.ts'

const noWait = { now: () => 0, sleep: async () => {} }
const archive = 'checkpoint-web-0_shop-app-2026-11-23T12:00:00Z.tar'
const greeting = 'ready\n'

// The script needs what a Linux node's image has; elsewhere the stand-in speaks the same protocol.
const onLinux = process.platform === 'linux' ? describe : describe.skip

onLinux('openWritableNodeFolder', () => {
  let directory: string
  let sessions: number
  beforeEach(async () => {
    directory = await mkdtemp(join(tmpdir(), 'writable-folder-'))
    sessions = 0
    await writeFile(join(directory, archive), 'an archive')
  })
  afterEach(() => rm(directory, { recursive: true }))

  /** The real script in this machine's shell; the connections break after the given numbers of bytes, in turn. */
  const open = (...cuts: number[]) =>
    openWritableNodeFolder({
      node: 'node-a',
      directory,
      clock: noWait,
      async connect() {
        sessions += 1
        const cutAfterBytes = cuts.shift()
        const command = ['sh', '-c', writerScript, 'checkpoint-writer', directory]
        const exec = localExec(command, cutAfterBytes === undefined ? {} : { cutAfterBytes })
        return openWriterSession(exec, 'node-a')
      },
    })
  const stateOf = async (name: string): Promise<FileIdentity> => {
    const { size, mtimeMs, ino } = await stat(join(directory, name))
    return { size, mtimeSeconds: Math.floor(mtimeMs / 1000), inode: String(ino) }
  }
  const names = async () => (await readdir(directory)).sort()

  it('removes an archive that is as it was seen', async () => {
    await using folder = open()
    await folder.remove(archive, await stateOf(archive))
    deepEqual(await names(), [])
  })

  it('leaves one that has changed: CHANGED', async () => {
    await using folder = open()
    const seen = await stateOf(archive)
    await writeFile(join(directory, 'new'), 'an ARCHIVE')
    await rename(join(directory, 'new'), join(directory, archive))
    await rejects(folder.remove(archive, seen), { code: 'CHANGED' })
    deepEqual(await names(), [archive])
  })

  it('leaves one that was pinned meanwhile, whatever the pin is: NODE_FILE_PINNED', async () => {
    await using folder = open()
    const seen = await stateOf(archive)
    await writeFile(join(directory, `${archive}.keep`), '')
    await rejects(folder.remove(archive, seen), { code: 'NODE_FILE_PINNED' })
    deepEqual(await names(), [archive, `${archive}.keep`])
  })

  it('says NODE_FILE_NOT_FOUND of what is not there', async () => {
    await using folder = open()
    await rejects(folder.remove('checkpoint-none.tar', await stateOf(archive)), {
      code: 'NODE_FILE_NOT_FOUND',
    })
    await rejects(folder.pin('checkpoint-none.tar', ''), { code: 'NODE_FILE_NOT_FOUND' })
    deepEqual(await names(), [archive])
  })

  it('touches nothing but archives: NODE_FILE_NOT_ARCHIVE', async () => {
    await using folder = open()
    await writeFile(join(directory, 'other.tar'), 'another file')
    await rejects(folder.remove('other.tar', await stateOf('other.tar')), { code: 'NODE_FILE_NOT_ARCHIVE' })
    deepEqual(await names(), [archive, 'other.tar'])
  })

  it('says NODE_FILE_NOT_CHANGED with what the node says', async () => {
    await using folder = open()
    // Its pin would have a longer name than file systems take.
    const long = `checkpoint-${'x'.repeat(240)}.tar`
    await writeFile(join(directory, long), '')
    await rejects(folder.pin(long, ''), {
      code: 'NODE_FILE_NOT_CHANGED',
      message: `node-a:${directory}: ${long}: File name too long`,
    })
  })

  it('pins with a note that only root can read, once', async () => {
    await using folder = open()
    equal(await folder.pin(archive, "the incident's\n$(first) %s \\n state\n"), true)
    equal(await folder.pin(archive, 'another'), false)
    const pin = join(directory, `${archive}.keep`)
    equal(await readFile(pin, 'utf8'), "the incident's\n$(first) %s \\n state\n")
    equal((await stat(pin)).mode & 0o777, 0o600)
  })

  it('removes a pin that is as it was seen, and no other', async () => {
    await using folder = open()
    await folder.pin(archive, '')
    const pin = await stateOf(`${archive}.keep`)
    await rejects(folder.unpin(archive, { ...pin, inode: '1' }), { code: 'CHANGED' })
    equal(await folder.unpin(archive, pin), true)
    equal(await folder.unpin(archive, pin), false)
    deepEqual(await names(), [archive])
  })

  describe('where the answer gets lost', () => {
    it('knows that what is gone now was removed', async () => {
      await using folder = open(greeting.length)
      await folder.remove(archive, await stateOf(archive))
      equal(sessions, 2)
      deepEqual(await names(), [])
    })

    it('leaves an archive that came in the place of the removed one', async () => {
      const seen = await stateOf(archive)
      let first = true
      await using folder = openWritableNodeFolder({
        node: 'node-a',
        directory,
        clock: {
          now: () => 0,
          async sleep() {
            await writeFile(join(directory, archive), 'another one')
          },
        },
        async connect() {
          const command = ['sh', '-c', writerScript, 'checkpoint-writer', directory]
          const exec = localExec(command, first ? { cutAfterBytes: greeting.length } : {})
          first = false
          return openWriterSession(exec, 'node-a')
        },
      })
      await rejects(folder.remove(archive, seen), { code: 'CHANGED' })
      equal(await readFile(join(directory, archive), 'utf8'), 'another one')
    })

    it('knows that what is pinned now was pinned, and what is not was unpinned', async () => {
      await using pinning = open(greeting.length)
      equal(await pinning.pin(archive, ''), true)
      await using unpinning = open(greeting.length)
      equal(await unpinning.unpin(archive, await stateOf(`${archive}.keep`)), true)
    })
  })

  it('asks for nothing once its signal has aborted', async () => {
    await using folder = open()
    const reason = new Error('enough')
    await rejects(folder.remove(archive, await stateOf(archive), AbortSignal.abort(reason)), reason)
    deepEqual(await names(), [archive])
  })

  it('asks for no name that could lead out of the folder', async () => {
    await using folder = open()
    for (const name of ['', '.', '..', '../a', 'a/b', 'a\0b']) {
      await rejects(folder.remove(name, await stateOf(archive)), { code: 'NODE_FILE_NAME_INVALID' })
    }
    equal(sessions, 0)
  })

  it('believes no answer that is not of the protocol', async () => {
    const exec = localExec(['sh', '-c', 'echo ready; read -r line; echo perhaps; cat >/dev/null'])
    await using session = await openWriterSession(exec, 'node-a')
    await rejects(session.pin(archive, ''), { code: 'READER_ANSWER_INVALID' })
  })

  it('says READER_IMAGE_UNSUITABLE when the image lacks a tool', async () => {
    const exec = localExec(['sh', '-c', `PATH=/nowhere\n${writerScript}`, 'checkpoint-writer', directory])
    await rejects(openWriterSession(exec, 'node-a'), { code: 'READER_IMAGE_UNSUITABLE' })
  })
})
