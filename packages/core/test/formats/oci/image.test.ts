import { deepEqual, equal, throws } from 'node:assert/strict'
import { parseImage } from '@kubectl-checkpoint/core/formats/oci'
import { jsonBytes } from '@kubectl-checkpoint/test-support'

const digest = `sha256:${'0a'.repeat(32)}`
const blob = { mediaType: 'application/vnd.oci.image.layer.v1.tar', digest, size: 5 }

describe('parseImage', () => {
  it('reads a manifest', () => {
    const manifest = parseImage(
      jsonBytes({ config: blob, layers: [blob, blob], annotations: { a: 'b' } }),
      'it',
    )
    const parsed = { ...blob, annotations: {} }
    deepEqual(manifest, {
      kind: 'manifest',
      config: parsed,
      layers: [parsed, parsed],
      annotations: { a: 'b' },
    })
  })
  it('reads an index with its platforms', () => {
    const platform = { os: 'linux', architecture: 'arm', variant: 'v7' }
    const index = parseImage(jsonBytes({ manifests: [{ ...blob, platform }, blob] }), 'it')
    equal(index.kind, 'index')
    deepEqual(index.kind === 'index' && index.manifests.map((manifest) => manifest.platform), [
      'linux/arm/v7',
      undefined,
    ])
  })

  const broken: Readonly<Record<string, unknown>> = {
    'a list': [],
    'a manifest without layers': { config: blob },
    'a manifest without a config': { layers: [] },
    'manifests that are none': { manifests: {} },
    'a digest that leaves its folder': { config: { ...blob, digest: 'sha256:../../etc/passwd' }, layers: [] },
    'a digest of a kind that nobody knows': { config: { ...blob, digest: 'md5:00' }, layers: [] },
    'a size that is none': { config: { ...blob, size: -1 }, layers: [] },
    'a size that is a text': { config: { ...blob, size: '5' }, layers: [] },
    'no media type': { config: { ...blob, mediaType: undefined }, layers: [] },
    'a platform that is none': { manifests: [{ ...blob, platform: 'linux' }] },
    'an annotation that is no text': { config: blob, layers: [], annotations: { a: 1 } },
  }
  for (const [what, value] of Object.entries(broken)) {
    it(`refuses ${what}`, () => {
      throws(() => parseImage(jsonBytes(value), 'it'), { name: 'OciError', code: 'BAD_IMAGE' })
    })
  }
  it('refuses what is no JSON', () => {
    throws(() => parseImage(Buffer.from('{'), 'it'), { code: 'BAD_IMAGE' })
  })
})
