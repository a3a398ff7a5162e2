import { equal, rejects } from 'node:assert/strict'
import { arch } from 'node:os'
import { findCheckpointLayer, parseImage } from '@kubectl-checkpoint/core/formats/oci'
import { craftOciImage, describeBlob, digestOf, jsonBytes } from '@kubectl-checkpoint/test-support'

const own = { os: 'linux', architecture: arch() === 'x64' ? 'amd64' : arch() }
const other = { os: 'linux', architecture: 's390x' }
const layer = (text: string) => Buffer.from(text)
const indexType = 'application/vnd.oci.image.index.v1+json'

/** The layer found where these manifests are listed; `blobs` are all there are. */
async function find(manifests: readonly unknown[], blobs: ReadonlyMap<string, Uint8Array>): Promise<string> {
  const root = parseImage(jsonBytes({ manifests }), 'image')
  const found = await findCheckpointLayer(
    root,
    'image',
    async ({ digest }) => blobs.get(digest) ?? Buffer.alloc(0),
  )
  return found.digest
}

describe('findCheckpointLayer', () => {
  const one = craftOciImage([layer('one')])

  it('takes the only layer of the only image, whatever is said of it', async () => {
    equal(await find([{ ...one.manifest, platform: other }], one.blobs), digestOf(layer('one')))
  })

  for (const key of [
    'io.kubernetes.cri-o.annotations.checkpoint.name',
    'org.criu.checkpoint.container.name',
    'io.podman.annotations.checkpoint.runtime.name',
  ]) {
    it(`takes the lowest of several layers by ${key}, of the manifest or of the index`, async () => {
      const annotations = { [key]: 'web' }
      const annotated = craftOciImage([layer('low'), layer('high')], { annotations })
      const plain = craftOciImage([layer('low'), layer('high')])
      equal(await find([annotated.manifest], annotated.blobs), digestOf(layer('low')))
      equal(await find([{ ...plain.manifest, annotations }], plain.blobs), digestOf(layer('low')))
      await rejects(find([plain.manifest], plain.blobs), { name: 'OciError', code: 'NOT_A_CHECKPOINT_IMAGE' })
    })
  }

  it('takes the image that is a checkpoint before others, and the one for this machine before others', async () => {
    const two = craftOciImage([layer('two')])
    const blobs = new Map([...one.blobs, ...two.blobs])
    const annotations = { 'org.criu.checkpoint.container.name': 'web' }
    const ofPlatforms = [
      { ...one.manifest, platform: other },
      { ...two.manifest, platform: own },
    ]
    equal(await find(ofPlatforms, blobs), digestOf(layer('two')))
    equal(await find([{ ...one.manifest, annotations }, two.manifest], blobs), digestOf(layer('one')))
    const attestation = { ...one.manifest, mediaType: 'application/vnd.in-toto+json' }
    equal(await find([attestation, two.manifest], blobs), digestOf(layer('two')))
  })
  it('looks into an index in an index', async () => {
    const inner = jsonBytes({ manifests: [one.manifest] })
    const blobs = new Map([...one.blobs, [digestOf(inner), inner]])
    equal(await find([describeBlob(indexType, inner)], blobs), digestOf(layer('one')))
  })
  it('refuses to choose between images that differ in nothing, or to take none', async () => {
    await rejects(find([one.manifest, one.manifest], one.blobs), {
      code: 'IMAGE_AMBIGUOUS',
      message: /several images/,
    })
    await rejects(find([], one.blobs), { code: 'IMAGE_AMBIGUOUS', message: /no image/ })
  })
  it('refuses an image without layers, and an index that goes on for ever', async () => {
    const empty = craftOciImage([])
    await rejects(find([empty.manifest], empty.blobs), { code: 'NOT_A_CHECKPOINT_IMAGE' })
    const endless = jsonBytes({ manifests: [describeBlob(indexType, Buffer.alloc(0))] })
    const root = parseImage(endless, 'image')
    await rejects(
      findCheckpointLayer(root, 'image', async () => endless),
      { code: 'BAD_IMAGE' },
    )
  })
})
