import assert from 'node:assert/strict'
import type { HttpAnswer, HttpRequest, HttpSender } from '../../../src/remote/cluster/connection.ts'
import {
  apiPath,
  createObject,
  deleteObject,
  getObject,
  getText,
  listObjects,
  type Pod,
  patchObject,
} from '../../../src/remote/cluster/index.ts'

/** Answers one after the other, and keeps what it was asked. */
function sender(...answers: readonly (object | Partial<HttpAnswer>)[]) {
  const requests: HttpRequest[] = []
  const value: HttpSender = {
    origin: 'https://api',
    async send(request) {
      const answer = answers[requests.push(request) - 1] ?? {}
      return 'body' in answer
        ? ({ status: 200, contentType: 'text/plain', ...answer } as HttpAnswer)
        : { status: 200, contentType: 'application/json', body: JSON.stringify(answer) }
    },
  }
  return { ...value, requests }
}

const refusal = (status: number, reason: string, message: string): Partial<HttpAnswer> => ({
  status,
  body: JSON.stringify({ kind: 'Status', status: 'Failure', reason, message, code: status }),
})

describe('apiPath', () => {
  it('keeps a name from leaving its place', () => {
    assert.equal(apiPath`/api/v1/nodes/${'a/../b?c#d'}/proxy`, '/api/v1/nodes/a%2F..%2Fb%3Fc%23d/proxy')
  })
})

describe('getObject', () => {
  const path = '/api/v1/namespaces/shop/pods/web-0'

  it('reads an object', async () => {
    const api = sender({ metadata: { name: 'web-0' } })
    assert.equal((await getObject<Pod>(api, path)).metadata.name, 'web-0')
    assert.deepEqual(api.requests, [{ method: 'GET', path }])
  })

  it('hands signal and timeout on', async () => {
    const { signal } = new AbortController()
    const api = sender({})
    await getObject(api, path, { signal, timeoutMs: 0 })
    assert.deepEqual(api.requests, [{ method: 'GET', path, signal, timeoutMs: 0 }])
  })

  for (const [answer, code, message] of [
    [
      refusal(401, 'Unauthorized', 'Unauthorized'),
      'UNAUTHORIZED',
      'https://api does not accept your credentials: Unauthorized',
    ],
    [
      refusal(403, 'Forbidden', 'pods "web-0" is forbidden: User "ann" cannot get'),
      'FORBIDDEN',
      'pods "web-0" is forbidden: User "ann" cannot get',
    ],
    [refusal(404, 'NotFound', 'pods "web-0" not found'), 'OBJECT_NOT_FOUND', 'pods "web-0" not found'],
    [
      { status: 404, body: '404 page not found\n' },
      'API_FAILED',
      `GET https://api${path}: 404 404 page not found`,
    ],
    [
      { status: 502, body: '<html>bad gateway' },
      'API_FAILED',
      `GET https://api${path}: 502 <html>bad gateway`,
    ],
    [refusal(500, 'InternalError', 'etcd is gone'), 'API_FAILED', `GET https://api${path}: etcd is gone`],
    [{ body: '<html>' }, 'API_FAILED', `GET https://api${path}: the answer is not JSON`],
  ] as const) {
    it(`turns "${message}" into ${code}`, async () => {
      await assert.rejects(getObject(sender(answer), path), { name: 'ClusterError', code, message })
    })
  }
})

describe('listObjects', () => {
  it('reads page after page', async () => {
    const api = sender(
      { items: [{ metadata: { name: 'a' } }], metadata: { continue: 'next' } },
      { items: [{ metadata: { name: 'b' } }], metadata: { continue: '' } },
    )
    const pods = await listObjects<Pod>(api, '/api/v1/pods', { query: { labelSelector: 'app=web' } })
    assert.deepEqual(
      pods.map(({ metadata }) => metadata.name),
      ['a', 'b'],
    )
    assert.deepEqual(
      api.requests.map(({ query }) => query),
      [
        { labelSelector: 'app=web', limit: '500', continue: undefined },
        { labelSelector: 'app=web', limit: '500', continue: 'next' },
      ],
    )
  })

  it('reads a page of any length', async () => {
    const items = Array.from({ length: 300_000 }, () => ({}))
    assert.equal((await listObjects(sender({ items }), '/api/v1/pods')).length, items.length)
  })

  it('reads a list that is null', async () => {
    assert.deepEqual(await listObjects(sender({ items: null }), '/api/v1/pods'), [])
  })
})

describe('createObject', () => {
  it('posts the object, and takes as long as it may', async () => {
    const path = '/api/v1/namespaces/shop/pods'
    const api = sender({ metadata: { name: 'made' } })
    const made = await createObject<Pod>(api, path, { kind: 'Pod' }, { timeoutMs: 10_000 })
    assert.equal(made.metadata.name, 'made')
    assert.deepEqual(api.requests, [{ method: 'POST', path, body: { kind: 'Pod' }, timeoutMs: 10_000 }])
  })

  it('has the API server forget what is only to be checked', async () => {
    const path = '/api/v1/namespaces/shop/pods'
    const api = sender({ metadata: { name: 'checked' } })
    await createObject<Pod>(api, path, { kind: 'Pod' }, { dryRun: true })
    assert.deepEqual(api.requests[0]?.query, { dryRun: 'All' })
  })
})

describe('getText', () => {
  it('reads what is not JSON, and says why it was refused', async () => {
    const api = sender({ body: 'up 1\n' }, refusal(403, 'Forbidden', 'you may not'))
    assert.equal(await getText(api, '/metrics'), 'up 1\n')
    await assert.rejects(getText(api, '/metrics'), { code: 'FORBIDDEN', message: 'you may not' })
  })
})

describe('patchObject', () => {
  it('sends what is to be merged, and gives the object as it is then', async () => {
    const patch = { metadata: { annotations: { a: 'b' } } }
    const api = sender({ metadata: { name: 'web-0', ...patch.metadata } })
    const pod = await patchObject<Pod>(api, '/api/v1/namespaces/shop/pods/web-0', patch)
    assert.deepEqual(pod.metadata.annotations, { a: 'b' })
    assert.deepEqual(api.requests, [
      { method: 'PATCH', path: '/api/v1/namespaces/shop/pods/web-0', body: patch },
    ])
  })
})

describe('deleteObject', () => {
  it('names the grace period, and takes as long as it may', async () => {
    const api = sender({})
    const options = { gracePeriodSeconds: 0, timeoutMs: 10_000 }
    await deleteObject(api, '/api/v1/namespaces/shop/pods/web-0', options)
    assert.equal(api.requests[0]?.method, 'DELETE')
    assert.equal(api.requests[0]?.timeoutMs, 10_000)
    assert.deepEqual(api.requests[0]?.body, {
      apiVersion: 'v1',
      kind: 'DeleteOptions',
      gracePeriodSeconds: 0,
    })
  })

  it('says OBJECT_NOT_FOUND of what is gone', async () => {
    const api = sender(refusal(404, 'NotFound', 'pods "web-0" not found'))
    await assert.rejects(deleteObject(api, '/api/v1/namespaces/shop/pods/web-0'), {
      code: 'OBJECT_NOT_FOUND',
    })
  })
})
