import { deepEqual, equal, rejects } from 'node:assert/strict'
import { readFile } from '@kubectl-checkpoint/core/actions'
import { fixture } from '@kubectl-checkpoint/test-support'
import {
  memfdImage,
  podmanArchive,
  sharedPagesImage,
  sparseGhostImage,
} from '../../checkpoint/filesystem/craft-files.ts'
import { offline, openDesk, options } from './offline.ts'

async function read(archive: string, path: string) {
  const parts: Uint8Array[] = []
  const write = async (bytes: Uint8Array) => void parts.push(bytes.slice())
  const result = await readFile({ archive, path }, write, offline, options).result
  return { result, text: Buffer.concat(parts).toString() }
}

describe('readFile', () => {
  it('hands over a content', async () => {
    const { text, result } = await read(fixture('podman-counter'), '/cachevol/note.txt')
    equal(text, 'volume-content\n')
    deepEqual(result, { path: '/cachevol/note.txt', sizeBytes: 15, holeBytes: 0, missingBytes: 0 })
  })
  it('writes holes as zeros, and says how many', async () => {
    await using desk = await openDesk()
    const size = 3 * 2 ** 20
    const archive = await desk.write(podmanArchive([sparseGhostImage('1', size, [[2 ** 21, 'abc']])]))
    const { text, result } = await read(archive, 'deleted:1')
    equal(text.length, size)
    equal(text.indexOf('abc'), 2 ** 21)
    equal(text.replaceAll('\0', ''), 'abc')
    equal(result.holeBytes, size - 3)
  })
  it('says how many of the zeros stand for what is in an earlier checkpoint', async () => {
    await using desk = await openDesk()
    const archive = await desk.write(
      podmanArchive([memfdImage([{ name: 'a', size: 8192 }]), sharedPagesImage(9, [[0n, 1n, 1]])]),
    )
    const { result } = await read(archive, 'memfd:a')
    deepEqual(result, { path: 'memfd:a', sizeBytes: 8192, holeBytes: 4096, missingBytes: 4096 })
  })
  it('says NO_CONTENT of folders, devices and what was deleted', async () => {
    await rejects(read(fixture('crio-miner'), '/tmp'), { code: 'NO_CONTENT' })
    await rejects(read(fixture('crio-miner'), '/dev/zero'), { code: 'NO_CONTENT' })
    await using desk = await openDesk()
    const archive = await desk.write(podmanArchive([{ name: 'deleted.files', data: '["/etc/motd"]' }]))
    await rejects(read(archive, '/etc/motd'), { code: 'NO_CONTENT', message: /was deleted/ })
  })
  it('reads no further than somebody takes it', async () => {
    const full = new Error('no more')
    const write = () => Promise.reject(full)
    const request = { archive: fixture('podman-counter'), path: '/cachevol/note.txt' }
    await rejects(readFile(request, write, offline, options).result, full)
  })
})
