import assert from 'node:assert/strict'
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { checkpointFolder, type StandIn, startStandIn } from '@kubectl-checkpoint/test-support/stand-in'
import { binary } from './run.ts'

const archive = 'checkpoint-miner-a_shop-cache-2026-11-23T11:00:00Z.tar'

// Elsewhere the program `script`, which gives a terminal to another one, is not the same.
const describeOnLinux = process.platform === 'linux' ? describe : describe.skip

describeOnLinux('a question at a terminal', () => {
  let standIn: StandIn
  let folder: string
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'kubectl-checkpoint-test-'))
    let now = new Date('2026-11-23T11:50:00Z')
    standIn = await startStandIn({ now: () => now })
    await standIn.writeKubeconfig(join(folder, 'kubeconfig'))
    standIn.disks['node-a'].write(`${checkpointFolder}/${archive}`, Buffer.alloc(2048).fill('x', 0, 1024))
    now = new Date('2026-11-23T12:00:00Z')
  })
  afterEach(async () => {
    await standIn.close()
    await rm(folder, { recursive: true })
  })

  /** The terminal stays open after the answer, as people's do. */
  async function answer(
    text: string,
  ): Promise<{ readonly exitCode: number | null; readonly screen: string }> {
    const command = `'${process.execPath}' '${binary}' delete miner-a/cache`
    const child = spawn('script', ['--quiet', '--return', '--command', command, '/dev/null'], {
      stdio: ['pipe', 'pipe', 'inherit'],
      env: { ...process.env, HOME: folder, XDG_DATA_HOME: folder, KUBECONFIG: join(folder, 'kubeconfig') },
    })
    let screen = ''
    child.stdout.setEncoding('utf8').on('data', (piece: string) => {
      if (!screen.includes('[y/N]') && (screen + piece).includes('[y/N]')) child.stdin.write(`${text}\n`)
      screen += piece
    })
    const [exitCode] = (await once(child, 'exit')) as [number | null]
    child.stdin.end()
    return { exitCode, screen }
  }

  it('ends the command when it is declined', async () => {
    const { exitCode, screen } = await answer('n')
    assert.match(screen, /nothing was deleted/)
    assert.equal(exitCode, 1)
    assert.deepEqual(standIn.disks['node-a'].names(checkpointFolder), [archive])
  })

  it('has the command go on and end when it is confirmed', async () => {
    const { exitCode, screen } = await answer('yes')
    assert.equal(exitCode, 0, screen)
    assert.deepEqual(standIn.disks['node-a'].names(checkpointFolder), [])
  })
})
