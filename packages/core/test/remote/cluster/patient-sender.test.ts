import assert from 'node:assert/strict'
import type { HttpAnswer, HttpRequest } from '../../../src/remote/cluster/index.ts'
import { patientSender } from '../../../src/remote/cluster/patient-sender.ts'

const busy: HttpAnswer = { status: 429, contentType: 'text/plain', body: 'later', retryAfterSeconds: 7 }
const fine: HttpAnswer = { status: 200, contentType: 'application/json', body: '{}' }
const request: HttpRequest = { method: 'POST', path: '/api/v1/namespaces/shop/pods' }

/** Sends to a server that gives these answers, the last one for ever, and says when it was asked. */
function open(answers: readonly HttpAnswer[]) {
  const askedAt: number[] = []
  let now = 0
  const server = {
    origin: 'https://busy',
    async send() {
      askedAt.push(now)
      return answers[Math.min(askedAt.length, answers.length) - 1] ?? fine
    },
  }
  const clock = {
    now: () => now,
    async sleep(ms: number, signal?: AbortSignal) {
      signal?.throwIfAborted()
      now += ms
    },
  }
  return { sender: patientSender(server, clock), askedAt }
}

describe('patientSender', () => {
  it('comes again when a busy server says', async () => {
    const { sender, askedAt } = open([busy, { ...busy, retryAfterSeconds: 1 }, fine])
    assert.deepEqual(await sender.send(request), fine)
    assert.deepEqual(askedAt, [0, 7000, 8000])
  })

  it('has patience for a minute', async () => {
    const { sender, askedAt } = open([busy])
    assert.deepEqual(await sender.send(request), busy)
    assert.equal(askedAt.at(-1), 56_000)
    const tooLong = open([{ ...busy, retryAfterSeconds: 61 }])
    await tooLong.sender.send(request)
    assert.deepEqual(tooLong.askedAt, [0])
  })

  it('asks once where the server says nothing of coming again, or may have begun', async () => {
    const { retryAfterSeconds, ...silent } = busy
    for (const answer of [silent, { ...busy, status: 503 }, fine]) {
      const { sender, askedAt } = open([answer])
      assert.deepEqual(await sender.send(request), answer)
      assert.deepEqual(askedAt, [0])
    }
  })

  it('never repeats what changes something behind a proxy: a checkpoint is asked for once', async () => {
    const path = '/api/v1/nodes/node-a/proxy/checkpoint/shop/web-0/app'
    const checkpoint = open([busy])
    assert.deepEqual(await checkpoint.sender.send({ method: 'POST', path }), busy)
    assert.deepEqual(checkpoint.askedAt, [0])
    const read = open([busy, fine])
    assert.deepEqual(
      await read.sender.send({ method: 'GET', path: '/api/v1/nodes/node-a/proxy/configz' }),
      fine,
    )
  })

  it('pauses even if told to come again at once, and keeps to the time that a request has', async () => {
    const eager = open([{ ...busy, retryAfterSeconds: 0 }, fine])
    await eager.sender.send(request)
    assert.deepEqual(eager.askedAt, [0, 1000])
    const short = open([busy])
    await short.sender.send({ ...request, timeoutMs: 5000 })
    assert.deepEqual(short.askedAt, [0])
  })

  it('stops waiting when told to', async () => {
    const { sender } = open([busy])
    const signal = AbortSignal.abort(new Error('enough'))
    await assert.rejects(sender.send({ ...request, signal }), /enough/)
  })
})
