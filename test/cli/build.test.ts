import assert from 'node:assert/strict'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fixture } from '@kubectl-checkpoint/test-support'
import { builtImage } from '../../packages/core/src/documents/image.ts'
import { run } from './run.ts'

describe('kubectl-checkpoint build', () => {
  let cwd: string
  beforeEach(async () => {
    cwd = await mkdtemp(join(tmpdir(), 'kubectl-checkpoint-test-'))
  })
  afterEach(() => rm(cwd, { recursive: true }))

  const build = (...args: string[]) => run(['build', fixture('containerd-svc'), ...args], { cwd })

  for (const target of ['oci:./image:warm', 'oci-archive:./image']) {
    it(`makes ${target.split(':')[0]}, which inspect takes`, async () => {
      const { stdout, stderr, exitCode } = await build('-t', target)
      assert.equal(exitCode, 0, stderr)
      assert.match(stdout, /^Image: {6}\.\/image\nDigest: {5}sha256:[0-9a-f]{64}\n/)
      assert.match(stderr, /whoever can pull the image can read all/)
      const inspected = await run(['inspect', './image'], { cwd })
      assert.match(inspected.stdout, /^Container: +svc$/m)
    })
  }

  it('prints a document of the published schema', async () => {
    const { stdout } = await build('-t', 'oci-archive:./image.tar', '--compress', 'zstd', '-o', 'json')
    assert.match(builtImage.parse(JSON.parse(stdout)).layer.mediaType, /\+zstd$/)
  })

  it('needs a place', async () => {
    assert.equal((await build()).exitCode, 2)
    const { stderr, exitCode } = await build('-t', './image.tar')
    assert.equal(exitCode, 2)
    assert.match(stderr, /oci-archive:/)
  })
})
