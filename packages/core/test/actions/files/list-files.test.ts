import { deepEqual, equal, rejects } from 'node:assert/strict'
import { listFiles } from '@kubectl-checkpoint/core/actions'
import { fixture } from '@kubectl-checkpoint/test-support'
import { fileList } from '../../../src/documents/files.ts'
import { offline, options } from './offline.ts'

const list = async (path?: string, recursive = false) => {
  const archive = fixture('containerd-svc')
  const request = { archive, recursive, ...(path === undefined ? {} : { path }) }
  return listFiles(request, offline, options).result
}
const paths = async (...request: Parameters<typeof list>) =>
  (await list(...request)).items.map(({ path }) => path)

describe('listFiles', () => {
  it('lists the top, with what has no path', async () => {
    deepEqual(await paths(), ['/data', '/dev', '/etc', '/proc', '/sys', '/tmp', '/var', 'memfd:cfg'])
  })
  it('lists a folder, and all below it', async () => {
    deepEqual(await paths('/data'), ['/data/out'])
    deepEqual(await paths('data/', true), ['/data/out', '/data/out/link', '/data/out/report.json'])
  })
  it('lists a file by itself', async () => {
    deepEqual(await paths('/tmp/gone'), ['/tmp/gone'])
    deepEqual(await paths('memfd:cfg'), ['memfd:cfg'])
  })
  it('describes files as the schema says', async () => {
    const found = await list(undefined, true)
    deepEqual(fileList.parse(found), found)
    deepEqual(
      found.items.find(({ path }) => path === '/tmp/gone'),
      {
        path: '/tmp/gone',
        type: 'file',
        change: 'deleted',
        origin: 'ghost',
        mode: '0644',
        uid: 0,
        gid: 0,
        sizeBytes: 30,
        modifiedAt: '2026-11-23T13:34:45.993Z',
      },
    )
    equal(found.archive, fixture('containerd-svc'))
  })
  it('says FILE_NOT_IN_ARCHIVE of what is not there', async () => {
    await rejects(list('/etc/shadow'), { code: 'FILE_NOT_IN_ARCHIVE' })
  })
})
