import { deepEqual, equal, rejects } from 'node:assert/strict'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { findConfiguration } from '../../src/configuration/index.ts'

describe('findConfiguration', () => {
  let folder: string
  before(async () => {
    folder = await mkdtemp(join(tmpdir(), 'configuration-test-'))
  })
  after(() => rm(folder, { recursive: true }))

  const read = async (text: string) => {
    const path = join(folder, 'config.yaml')
    await writeFile(path, text)
    return findConfiguration(path)
  }

  it('reads what can be configured', async () => {
    const text = `
      kubeletRoot: /data/kubelet/
      nodes:
        node-a: { kubeletRoot: /mnt/kubelet }
      reader: { image: registry.example/busybox:1, namespace: checkpoint-readers }`
    deepEqual(await read(text), {
      kubeletRoot: '/data/kubelet',
      nodes: { 'node-a': { kubeletRoot: '/mnt/kubelet' } },
      reader: { image: 'registry.example/busybox:1', namespace: 'checkpoint-readers' },
    })
  })

  it('takes an empty file for one that configures nothing', async () => {
    deepEqual(await read('# nothing yet\n'), {})
  })

  it('finds none where there is no file', async () => {
    equal(await findConfiguration(join(folder, 'absent.yaml')), undefined)
  })

  for (const [what, text, reason] of [
    ['an unknown name', 'kubeletroot: /data', /Unrecognized key: "kubeletroot"/],
    ['a relative folder', 'kubeletRoot: data', /kubeletRoot: not a plain absolute path/],
    ['a folder with ..', 'nodes: { a: { kubeletRoot: /data/../etc } }', /nodes: a: kubeletRoot: not a plain/],
    ['a wrong type', 'reader: busybox', /reader: .*expected object/],
    ['what is not YAML', 'a: b: c', /Nested mappings/],
  ] as const) {
    it(`refuses ${what}: CONFIGURATION_INVALID`, async () => {
      await rejects(read(text), { code: 'CONFIGURATION_INVALID', message: reason })
    })
  }

  it('says what cannot be read: FILE_NOT_READABLE', async () => {
    await rejects(findConfiguration(folder), { code: 'FILE_NOT_READABLE' })
  })
})
