import assert from 'node:assert/strict'
import { join } from 'node:path'
import { loadKubeconfig } from '../../../src/remote/cluster/load-kubeconfig.ts'
import { type TemporaryFolder, temporaryFolder } from './support/temporary-folder.ts'

describe('loadKubeconfig', () => {
  let folder: TemporaryFolder
  before(async () => {
    folder = await temporaryFolder()
    await folder.write('.kube/config', 'current-context: home')
    await folder.write('a', 'contexts: [{name: a, context: {namespace: of-a}}]')
    await folder.write('b', 'current-context: b\ncontexts: [{name: a, context: {namespace: of-b}}]')
  })
  after(() => folder[Symbol.asyncDispose]())
  const path = (name: string) => join(folder.path, name)
  const load = (KUBECONFIG?: string, kubeconfig?: string, homeDirectory = folder.path) =>
    loadKubeconfig({ env: { KUBECONFIG }, kubeconfig, homeDirectory })

  it('reads ~/.kube/config where nothing else is named', async () => {
    assert.equal((await load())?.currentContext, 'home')
  })

  it('merges the files of KUBECONFIG, and skips missing ones', async () => {
    const kubeconfig = await load(`${path('missing')}:${path('a')}::${path('b')}`)
    assert.equal(kubeconfig?.currentContext, 'b')
    assert.equal(kubeconfig?.contexts.get('a')?.namespace, 'of-a')
  })

  it('reads --kubeconfig alone, whatever KUBECONFIG says', async () => {
    const kubeconfig = await load(path('a'), path('b'))
    assert.equal(kubeconfig?.contexts.get('a')?.namespace, 'of-b')
  })

  it('refuses a missing --kubeconfig with KUBECONFIG_NOT_FOUND', async () => {
    await assert.rejects(load(path('a'), path('missing')), {
      code: 'KUBECONFIG_NOT_FOUND',
      message: `${path('missing')}: no such file`,
    })
  })

  it('finds nothing where no file is', async () => {
    assert.equal(await load(path('missing')), undefined)
    assert.equal(await load(undefined, undefined, path('nowhere')), undefined)
  })

  it('refuses what cannot be read with KUBECONFIG_INVALID', async () => {
    await assert.rejects(load(folder.path), { code: 'KUBECONFIG_INVALID', message: /cannot be read: EISDIR/ })
  })
})
