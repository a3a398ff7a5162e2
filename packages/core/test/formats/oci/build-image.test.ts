import { deepEqual, equal, notEqual } from 'node:assert/strict'
import { createHash } from 'node:crypto'
import {
  buildCheckpointImage,
  type CheckpointFacts,
  type CheckpointLayer,
  parseImage,
} from '@kubectl-checkpoint/core/formats/oci'

const facts: CheckpointFacts = {
  container: 'app',
  containerId: 'c0ffee',
  engine: 'containerd',
  pod: 'web-0',
  namespace: 'shop',
  imageName: 'registry.example/web:1',
  imageRef: `registry.example/web@sha256:${'b'.repeat(64)}`,
  runtime: 'runc',
  takenAt: new Date('2026-11-23T10:00:00Z'),
  machine: 'x86_64',
}
const layer: CheckpointLayer = {
  compression: 'none',
  digest: `sha256:${'1'.repeat(64)}`,
  size: 4096,
  diffId: `sha256:${'1'.repeat(64)}`,
}
const sha256 = (bytes: Uint8Array) => `sha256:${createHash('sha256').update(bytes).digest('hex')}`
const build = (changes: Partial<CheckpointFacts> = {}, ofLayer: Partial<CheckpointLayer> = {}) =>
  buildCheckpointImage({ ...facts, ...changes }, { ...layer, ...ofLayer }, sha256)
const json = (bytes: Uint8Array) => JSON.parse(new TextDecoder().decode(bytes))

describe('buildCheckpointImage', () => {
  it('has what CRI-O, containerd and Podman look for, byte for byte, on manifest and index', () => {
    const { manifest, index } = build()
    for (const { bytes } of [manifest, index]) {
      const { annotations } = parseImage(bytes, 'it')
      equal(annotations['io.kubernetes.cri-o.annotations.checkpoint.name'], 'app')
      equal(annotations['org.criu.checkpoint.container.name'], 'app')
      equal(annotations['io.podman.annotations.checkpoint.runtime.name'], 'runc')
    }
  })

  it('says of what it is, where it comes from and when, and leaves out what is not known', () => {
    const { annotations } = build()
    deepEqual(
      Object.entries(annotations).filter(([key]) => key.startsWith('org.')),
      [
        ['org.criu.checkpoint.container.name', 'app'],
        ['org.criu.checkpoint.engine.name', 'containerd'],
        ['org.criu.checkpoint.pod.name', 'web-0'],
        ['org.criu.checkpoint.pod.namespace', 'shop'],
        ['org.criu.checkpoint.rootfsImageName', facts.imageRef],
        ['org.criu.checkpoint.rootfsImageUserRequested', 'registry.example/web:1'],
        ['org.criu.checkpoint.runtime.name', 'runc'],
        ['org.opencontainers.image.base.digest', `sha256:${'b'.repeat(64)}`],
        ['org.opencontainers.image.base.name', 'registry.example/web'],
        ['org.opencontainers.image.created', '2026-11-23T10:00:00.000Z'],
        ['org.opencontainers.image.title', 'checkpoint of shop/web-0/app'],
      ],
    )
    const { engine: _e, pod: _p, namespace: _n, runtime: _r, takenAt: _t, imageName: _i, ...known } = facts
    const bare = buildCheckpointImage({ ...known, imageRef: 'sha256:abc' }, layer, sha256)
    equal(bare.annotations['org.criu.checkpoint.rootfsImageID'], 'sha256:abc')
    equal('io.podman.annotations.checkpoint.runtime.name' in bare.annotations, false)
    equal('created' in json(bare.config.bytes), false)
  })

  it('is an index of one manifest for the platform of the processes, with one layer', () => {
    const { index, manifest, config, platform } = build({ machine: 'aarch64' })
    equal(platform, 'linux/arm64')
    const parsed = parseImage(index.bytes, 'index')
    equal(parsed.kind, 'index')
    deepEqual(parsed.kind === 'index' && parsed.manifests.map(({ digest, platform }) => [digest, platform]), [
      [manifest.digest, 'linux/arm64'],
    ])
    const { layers, config: referred } = json(manifest.bytes)
    deepEqual(layers, [
      { mediaType: 'application/vnd.oci.image.layer.v1.tar', digest: layer.digest, size: 4096 },
    ])
    equal(referred.digest, config.digest)
    const { architecture, os, rootfs } = json(config.bytes)
    deepEqual([architecture, os, rootfs.diff_ids], ['arm64', 'linux', [layer.diffId]])
  })

  it('names the compression of the layer', () => {
    const mediaTypeOf = (compression: 'gzip' | 'zstd') => build({}, { compression }).layerMediaType
    equal(mediaTypeOf('gzip'), 'application/vnd.oci.image.layer.v1.tar+gzip')
    equal(mediaTypeOf('zstd'), 'application/vnd.oci.image.layer.v1.tar+zstd')
  })

  it('is always the same of the same archive, and has another configuration of another container', () => {
    deepEqual(build(), build())
    notEqual(build({ containerId: 'decaf' }).config.digest, build().config.digest)
  })
})
