import { deepEqual, throws } from 'node:assert/strict'
import { parseImageReference } from '@kubectl-checkpoint/core/remote/registry'

const digest = `sha256:${'0a'.repeat(32)}`

describe('parseImageReference', () => {
  const table: readonly (readonly [string, string, string, string])[] = [
    ['web', 'docker.io', 'library/web', 'latest'],
    ['shop/web', 'docker.io', 'shop/web', 'latest'],
    ['shop/web:1', 'docker.io', 'shop/web', '1'],
    ['docker.io/web', 'docker.io', 'library/web', 'latest'],
    ['localhost/web', 'localhost', 'web', 'latest'],
    ['localhost:5000/web:1', 'localhost:5000', 'web', '1'],
    ['registry.example/shop/web', 'registry.example', 'shop/web', 'latest'],
    ['registry.example:5000/a/b/c_d__e-f.g:v1.2-rc', 'registry.example:5000', 'a/b/c_d__e-f.g', 'v1.2-rc'],
    ['[::1]:5000/web', '[::1]:5000', 'web', 'latest'],
    [`registry.example/web:1@${digest}`, 'registry.example', 'web', digest],
    [`web@${digest}`, 'docker.io', 'library/web', digest],
  ]
  for (const [text, registry, repository, version] of table) {
    it(`reads ${text}`, () => {
      deepEqual(parseImageReference(text), { registry, repository, version })
    })
  }
  for (const text of [
    '',
    ' ',
    'Web',
    'registry.example/',
    'registry.example/Web',
    'registry.example/../web',
    'registry.example/web:',
    'registry.example/web:1:2',
    'registry.example/web@sha256:00',
    `registry.example/web@${digest}@${digest}`,
    'user@registry.example/web',
    'https://registry.example/web',
    'registry.example/web?x=y',
    'registry.example/we b',
    `registry.example/${'a'.repeat(2000)}`,
  ]) {
    it(`refuses ${JSON.stringify(text.slice(0, 40))}`, () => {
      throws(() => parseImageReference(text), { name: 'RegistryError', code: 'IMAGE_REFERENCE_INVALID' })
    })
  }
})
