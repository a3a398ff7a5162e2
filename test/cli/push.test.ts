import assert from 'node:assert/strict'
import { fixture } from '@kubectl-checkpoint/test-support'
import { type StandInRegistry, startStandInRegistry } from '@kubectl-checkpoint/test-support/stand-in'
import { builtImage } from '../../packages/core/src/documents/image.ts'
import { run } from './run.ts'

describe('kubectl-checkpoint push', () => {
  let registry: StandInRegistry
  let image: string
  beforeEach(async () => {
    registry = await startStandInRegistry({ blobs: new Map(), tags: {} })
    image = `oci://${registry.host}/shop/web:1`
  })
  afterEach(() => registry[Symbol.asyncDispose]())

  const push = (...args: string[]) => run(['push', fixture('containerd-svc'), image, ...args])

  it('puts an archive into a registry, says what is secret in it, and prints what became of it', async () => {
    const { stdout, stderr, exitCode } = await push('--yes')
    assert.equal(exitCode, 0, stderr)
    assert.match(stdout, /^Image: {6}oci:\/\/.*\/shop\/web:1\nDigest: {5}sha256:[0-9a-f]{64}\n/)
    assert.match(stderr, /whoever can pull the image can read all that the container had in its memory/)
    const { stdout: inspected, exitCode: code } = await run(['inspect', image])
    assert.equal(code, 0)
    assert.match(inspected, /^Container: +svc$/m)
  })

  it('prints a document of the published schema, or the name that other commands take', async () => {
    const document = builtImage.parse(JSON.parse((await push('--yes', '-o', 'json')).stdout))
    assert.equal(document.digest, registry.tags.get('1'))
    assert.equal((await push('--yes', '-o', 'name')).stdout, `${image}\n`)
  })

  it('gives nothing to a registry that lets everybody in, without --yes', async () => {
    const { stdout, stderr, exitCode } = await push()
    assert.deepEqual([stdout, exitCode], ['', 5])
    assert.match(stderr, /error: .*the registry takes it from anybody\n/)
    assert.match(stderr, /--yes/)
    assert.equal(registry.blobs.size, 0)
  })

  for (const flag of ['--no-memory', '--redact=env']) {
    it(`says why there is no ${flag}`, async () => {
      const { stderr, exitCode } = await push(flag)
      assert.equal(exitCode, 2)
      assert.match(stderr, /cannot be restored/)
    })
  }
})
