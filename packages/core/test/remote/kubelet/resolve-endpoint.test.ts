import assert from 'node:assert/strict'
import type {
  ConnectHints,
  Connection,
  DirectTls,
  HttpRequest,
  Node,
} from '../../../src/remote/cluster/index.ts'
import { KubeletError, resolveEndpoint } from '../../../src/remote/kubelet/index.ts'
import { fakeSender } from './fake-sender.ts'

const tls: DirectTls = { skipVerify: true }

function fakeConnection(status: Node['status']) {
  const node: Node = { metadata: { name: 'node-a' }, ...(status && { status }) }
  const api = fakeSender({ status: 200, contentType: 'application/json', body: JSON.stringify(node) })
  const asked: [string, DirectTls][] = []
  const hints: ConnectHints[] = []
  const connection: Connection = {
    ...api,
    namespace: 'shop',
    exec: () => assert.fail('no exec here'),
    direct(origin, options, ownHints) {
      asked.push([origin, options])
      hints.push(ownHints)
      return fakeSender({ status: 200, contentType: 'application/json', body: '' })
    },
    async [Symbol.asyncDispose]() {},
  }
  return { connection, asked, hints, requests: api.requests as readonly HttpRequest[] }
}

describe('resolveEndpoint', () => {
  it("goes through the node's proxy without asking anything", async () => {
    const { connection, requests } = fakeConnection(undefined)
    const endpoint = await resolveEndpoint(connection, 'node-a')
    assert.equal(endpoint.sender, connection)
    assert.equal(endpoint.via, 'proxy')
    assert.equal(endpoint.pathPrefix, '/api/v1/nodes/node-a/proxy')
    assert.deepEqual(requests, [])
  })

  for (const [what, address, port, origin] of [
    ["the node's internal address and port", '10.0.0.7', 11250, 'https://10.0.0.7:11250'],
    ['an IPv6 address in brackets', 'fd00::7', 10250, 'https://[fd00::7]:10250'],
    ['the usual port where the status has none', '10.0.0.7', 0, 'https://10.0.0.7:10250'],
  ] as const) {
    it(`goes directly to ${what}`, async () => {
      const { connection, asked, requests } = fakeConnection({
        addresses: [
          { type: 'Hostname', address: 'node-a' },
          { type: 'InternalIP', address },
        ],
        daemonEndpoints: { kubeletEndpoint: { Port: port } },
      })
      const endpoint = await resolveEndpoint(connection, 'node-a', tls)
      assert.equal(endpoint.via, 'direct')
      assert.equal(endpoint.pathPrefix, '')
      assert.deepEqual(asked, [[origin, tls]])
      assert.deepEqual(
        requests.map(({ path }) => path),
        ['/api/v1/nodes/node-a'],
      )
    })
  }

  it("names the node and the kubelet's own flags where it cannot be reached or trusted", async () => {
    const { connection, hints } = fakeConnection({ addresses: [{ type: 'InternalIP', address: '10.0.0.7' }] })
    await resolveEndpoint(connection, 'node-a', tls)
    const [{ unreachable, untrusted, expired, otherName } = assert.fail('no hints')] = hints
    assert.match(untrusted, /node-a's kubelet with --kubelet-certificate-authority;/)
    for (const hint of [untrusted, expired, otherName]) assert.match(hint, /node-a.*--kubelet-insecure-tls/)
    assert.match(unreachable, /node-a is Ready/)
  })

  it('KUBELET_ADDRESS_UNKNOWN without an internal address', async () => {
    const { connection } = fakeConnection({ addresses: [{ type: 'Hostname', address: 'node-a' }] })
    await assert.rejects(
      resolveEndpoint(connection, 'node-a', tls),
      (error) => error instanceof KubeletError && error.code === 'KUBELET_ADDRESS_UNKNOWN',
    )
  })
})
