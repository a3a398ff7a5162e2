import { deepEqual, equal, rejects } from 'node:assert/strict'
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { parseImageReference } from '@kubectl-checkpoint/core/remote/registry'
import { findCredentials } from '../../../src/remote/registry/credentials.ts'

const auth = (pair: string) => ({ auth: Buffer.from(pair).toString('base64') })
const password = (username: string, password: string) => ({ kind: 'password', username, password })

describe('findCredentials', () => {
  let home: string
  beforeEach(async () => {
    home = await mkdtemp(join(tmpdir(), 'credentials-'))
  })
  afterEach(() => rm(home, { recursive: true }))

  const write = async (file: string, value: unknown) => {
    const path = join(home, file)
    await mkdir(dirname(path), { recursive: true })
    await writeFile(path, typeof value === 'string' ? value : JSON.stringify(value), { mode: 0o700 })
    return path
  }
  const find = (image: string, env: Record<string, string> = {}) =>
    findCredentials(parseImageReference(image), { env, homeDirectory: home })
  const docker = '.docker/config.json'

  it('finds none where nobody logged in', async () => {
    equal(await find('registry.example/web'), undefined)
    await write(docker, { auths: { 'other.example': auth('a:b') } })
    equal(await find('registry.example/web'), undefined)
    await write(docker, 'null')
    equal(await find('registry.example/web'), undefined)
  })
  it("reads Docker's file, where DOCKER_CONFIG says it is", async () => {
    await write(docker, { auths: { 'registry.example:5000': auth('me:with:colon') } })
    deepEqual(await find('registry.example:5000/web'), password('me', 'with:colon'))
    await write('elsewhere/config.json', { auths: { 'registry.example:5000': auth('you:x') } })
    deepEqual(
      await find('registry.example:5000/web', { DOCKER_CONFIG: join(home, 'elsewhere') }),
      password('you', 'x'),
    )
  })
  it("knows the old name of Docker's registry", async () => {
    await write(docker, { auths: { 'https://index.docker.io/v1/': auth('me:x') } })
    deepEqual(await find('web'), password('me', 'x'))
  })
  it("reads Podman's files first, the entry for the repository before the one for the registry", async () => {
    await write(docker, { auths: { 'registry.example': auth('docker:x') } })
    await write('.config/containers/auth.json', {
      auths: { 'registry.example': auth('whole:x'), 'registry.example/shop': auth('part:x') },
    })
    deepEqual(await find('registry.example/shop/web'), password('part', 'x'))
    deepEqual(await find('registry.example/web'), password('whole', 'x'))
    await write('run/containers/auth.json', { auths: { 'registry.example': auth('run:x') } })
    deepEqual(
      await find('registry.example/web', { XDG_RUNTIME_DIR: join(home, 'run') }),
      password('run', 'x'),
    )
    const named = await write('named.json', { auths: { 'registry.example': auth('named:x') } })
    deepEqual(await find('registry.example/web', { REGISTRY_AUTH_FILE: named }), password('named', 'x'))
  })
  it('takes a refresh token before a password', async () => {
    await write(docker, { auths: { 'registry.example': { ...auth('me:x'), identitytoken: 'refresh' } } })
    deepEqual(await find('registry.example/web'), { kind: 'refresh-token', token: 'refresh' })
  })

  const helper = (script: string) =>
    write('bin/docker-credential-test', `#!/bin/sh\nread server\n${script}\n`)
  const withHelper = () => ({ PATH: `${join(home, 'bin')}:${process.env.PATH}` })

  it('asks the helper of the registry, or the one for all', async () => {
    await helper('printf \'{"ServerURL":"x","Username":"me","Secret":"for %s"}\' "$server"')
    await write(docker, { credHelpers: { 'registry.example': 'test' } })
    deepEqual(await find('registry.example/web', withHelper()), password('me', 'for registry.example'))
    equal(await find('other.example/web', withHelper()), undefined)
    await write(docker, { credsStore: 'test', auths: { 'other.example': {} } })
    deepEqual(await find('other.example/web', withHelper()), password('me', 'for other.example'))
  })
  it('takes what a helper calls a token for one', async () => {
    await helper('echo \'{"Username":"<token>","Secret":"refresh"}\'')
    await write(docker, { credsStore: 'test' })
    deepEqual(await find('registry.example/web', withHelper()), { kind: 'refresh-token', token: 'refresh' })
  })
  it('goes on where a helper has nothing', async () => {
    await helper('echo "credentials not found in native keychain"; exit 1')
    await write(docker, { credsStore: 'test', auths: { 'registry.example': auth('me:x') } })
    deepEqual(await find('registry.example/web', withHelper()), password('me', 'x'))
  })

  const failed = { name: 'RegistryError', code: 'REGISTRY_CREDENTIALS_FAILED' }
  it('says REGISTRY_CREDENTIALS_FAILED of a helper that fails, is not there, or speaks in tongues', async () => {
    await write(docker, { credsStore: 'test' })
    await rejects(find('registry.example/web', withHelper()), failed)
    for (const script of ['exit 3', 'echo nonsense', 'echo \'{"Username":1}\'']) {
      await helper(script)
      await rejects(find('registry.example/web', withHelper()), failed)
    }
    await write(docker, { credsStore: '../../bin/sh' })
    await rejects(find('registry.example/web', withHelper()), failed)
  })
  it('says REGISTRY_CREDENTIALS_FAILED of a file that is not understood', async () => {
    await write(docker, '{')
    await rejects(find('registry.example/web'), failed)
    await write(docker, { auths: { 'registry.example': auth('no colon') } })
    await rejects(find('registry.example/web'), failed)
  })
})
