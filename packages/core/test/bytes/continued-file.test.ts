import { deepEqual, equal, notEqual } from 'node:assert/strict'
import { spawnSync } from 'node:child_process'
import {
  chmod,
  link,
  mkdtemp,
  readdir,
  readFile,
  rename,
  rm,
  stat,
  symlink,
  writeFile,
} from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { continuePartialFile } from '@kubectl-checkpoint/core/bytes'

/** Of a process that has ended. */
const endedPid = () => Number(spawnSync(process.execPath, ['-p', 'process.pid']).stdout.toString())

describe('continuePartialFile', () => {
  let folder: string
  let path: string
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'continued-'))
    path = join(folder, 'final')
  })
  afterEach(() => rm(folder, { recursive: true }))

  /** Leaves a part of `content` there, as the process `pid` would have. Returns its path. */
  const leave = async (content: string, pid: number): Promise<string> => {
    let partial: string
    {
      await using file = await continuePartialFile(path, content)
      await file.write(Buffer.from('half '))
      file.keep()
      partial = file.path
    }
    const left = partial.replace(`.${process.pid}.`, `.${pid}.`)
    await rename(partial, left)
    return left
  }

  it('goes on with what an ended process left, under the final name at last', async () => {
    await leave('content', endedPid())
    {
      await using file = await continuePartialFile(path, 'content')
      equal(file.keptBytes, 5)
      await file.write(Buffer.from('whole'))
      await file.commit()
    }
    deepEqual(await readdir(folder), ['final'])
    equal(await readFile(path, 'utf8'), 'half whole')
  })

  it('goes on with what this process kept', async () => {
    await leave('content', process.pid)
    await using file = await continuePartialFile(path, 'content')
    equal(file.keptBytes, 5)
  })

  it('leaves alone what is a part of something else, and what a process still writes to', async () => {
    const other = await leave('other', endedPid())
    const living = await leave('content', process.ppid)
    await using file = await continuePartialFile(path, 'content')
    equal(file.keptBytes, 0)
    for (const left of [other, living]) equal(await readFile(left, 'utf8'), 'half ')
  })

  it('is never shared by two who write at once', async () => {
    await using first = await continuePartialFile(path, 'content')
    await first.write(Buffer.from('first'))
    await using second = await continuePartialFile(path, 'content')
    notEqual(second.path, first.path)
    equal(second.keptBytes, 0)
    await second.write(Buffer.from('second'))
    equal(await readFile(first.path, 'utf8'), 'first')
  })

  it('forgets what was left when told to', async () => {
    await leave('content', endedPid())
    await using file = await continuePartialFile(path, 'content')
    await file.restart()
    await file.write(Buffer.from('anew'))
    await file.commit()
    equal(await readFile(path, 'utf8'), 'anew')
  })

  it('removes what was neither committed nor kept', async () => {
    await leave('content', endedPid())
    {
      await using file = await continuePartialFile(path, 'content')
      await file.write(Buffer.from('more'))
    }
    deepEqual(await readdir(folder), [])
  })

  it('is for its owner alone, and takes the longest name there can be', async () => {
    await using file = await continuePartialFile(join(folder, 'x'.repeat(255)), 'content')
    if (process.platform !== 'win32') equal((await stat(file.path)).mode & 0o777, 0o600)
  })

  if (process.platform !== 'win32') {
    it('takes no link for a part, nor what others may write to', async () => {
      const victim = join(folder, 'victim')
      for (const disguise of [
        (left: string) => symlink(victim, left),
        (left: string) => link(victim, left),
        async (left: string) => {
          await writeFile(left, 'theirs')
          await chmod(left, 0o666)
        },
      ]) {
        await writeFile(victim, 'precious', { mode: 0o600 })
        const left = await leave('content', endedPid())
        await rm(left)
        await disguise(left)
        await using file = await continuePartialFile(path, 'content')
        equal(file.keptBytes, 0)
        await file.write(Buffer.from('bytes'))
        equal(await readFile(victim, 'utf8'), 'precious')
        await rm(left)
      }
    })
  }
})
