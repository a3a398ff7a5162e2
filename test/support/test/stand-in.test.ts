import assert from 'node:assert/strict'
import { once } from 'node:events'
import { readFile } from 'node:fs/promises'
import { after, beforeEach, describe, it } from 'mocha'
import { fixture, fixtureJson } from '../src/fixture.ts'
import { checkpointFolder, type StandIn, startStandIn } from '../src/stand-in/index.ts'
import { ask, openExec, type PlainOptions } from './plain-client.ts'

interface Recorded {
  readonly case: string
  readonly method: string
  readonly path: string
  readonly status: number
  readonly contentType: string
  readonly body: string
}

const recorded = (name: string): Recorded => {
  const found = ['answers/kubelet-responses.json', 'answers/kubelet-reads.json']
    .flatMap((file) => fixtureJson<{ responses: Recorded[] }>(file).responses)
    .find((response) => response.case === name)
  assert.ok(found)
  return found
}

const noon = new Date('2026-11-23T12:00:00.750Z')
const archivePath = `${checkpointFolder}/checkpoint-miner-a_shop-cache-2026-11-23T12:00:00Z.tar`
const minerCheckpoint = '/api/v1/nodes/node-a/proxy/checkpoint/shop/miner-a/cache'
const pods = '/api/v1/namespaces/shop/pods'
const reader = {
  metadata: { name: 'reader' },
  spec: {
    nodeName: 'node-a',
    containers: [
      { name: 'reader', image: 'busybox', volumeMounts: [{ name: 'checkpoints', mountPath: '/node' }] },
    ],
    volumes: [{ name: 'checkpoints', hostPath: { path: checkpointFolder } }],
  },
}

describe('startStandIn', () => {
  let standIn: StandIn
  const send = (path: string, options?: PlainOptions) => ask(`${standIn.origin}${path}`, options)
  const get = async (path: string) => JSON.parse((await send(path)).body)
  const post = (path: string, body?: unknown) => send(path, { method: 'POST', body })
  const namesOf = async (path: string) => {
    const { items } = await get(path)
    return items.map(({ metadata }: { metadata: { name: string } }) => metadata.name)
  }

  beforeEach(async () => {
    await standIn?.close()
    standIn = await startStandIn({ now: () => noon })
  })
  after(() => standIn.close())

  describe('as an API server', () => {
    it('lists by labels, by fields and in pages', async () => {
      assert.deepEqual(await namesOf(`${pods}?labelSelector=app%20in%20(db,svc),app!%3Dsvc`), ['db-0'])
      assert.deepEqual(await namesOf(`${pods}?fieldSelector=spec.nodeName%3Dnode-w`), ['legacy'])
      const page = await get('/api/v1/nodes?limit=2')
      assert.equal(page.items.length, 2)
      assert.deepEqual(await namesOf(`/api/v1/nodes?limit=2&continue=${page.metadata.continue}`), ['node-w'])
    })

    it('knows users by token and by certificate, and nobody else', async () => {
      const anonymous = { headers: {} }
      assert.equal((await send(pods, { ...anonymous, clientCertificate: true })).status, 200)
      const { status, body } = await send(pods, { headers: { authorization: 'Bearer wrong' } })
      assert.deepEqual({ status, body }, { status: 401, body: recorded('bad token').body })
      assert.equal((await send(pods, anonymous)).status, 401)
      assert.deepEqual(
        standIn.requests.map(({ user }) => user),
        ['stand-in-user', undefined, undefined],
      )
    })

    it('refuses what its faults forbid in the words of a real one', async () => {
      standIn.faults.forbidden.add('create nodes/proxy')
      assert.deepEqual((await post(minerCheckpoint)).body, recorded('user may not nodes/proxy').body)
      const access = { verb: 'create', resource: 'nodes', subresource: 'proxy', name: 'node-a' }
      const review = await post('/apis/authorization.k8s.io/v1/selfsubjectaccessreviews', {
        spec: { resourceAttributes: access },
      })
      assert.deepEqual(JSON.parse(review.body).status, { allowed: false })
    })

    it('changes a pod by a merge patch', async () => {
      const annotations = { taken: 'noon', 'kubectl.kubernetes.io/default-container': null }
      const patched = await send(`${pods}/checkout`, { method: 'PATCH', body: { metadata: { annotations } } })
      assert.equal(patched.status, 200)
      const { metadata, spec } = await get(`${pods}/checkout`)
      assert.deepEqual(metadata.annotations, { taken: 'noon' })
      assert.equal(spec.nodeName, 'node-a')
    })

    it('sends every so many-th request away, but not those for kubelets', async () => {
      standIn.faults.overload = { every: 2, retryAfterSeconds: 1 }
      const answers = []
      for (const path of [pods, pods, pods]) answers.push((await send(path)).status)
      assert.deepEqual(answers, [200, 429, 200])
      standIn.faults.overload = { every: 1, retryAfterSeconds: 1 }
      assert.equal((await post(minerCheckpoint)).status, 200)
    })

    it('answers late on demand', async () => {
      standIn.faults.delayMs = 50
      const asked = performance.now()
      await send('/version')
      assert.ok(performance.now() - asked >= 49) // Node's timers count whole milliseconds.
    })

    it('says which object is missing', async () => {
      const { status, body } = await send('/apis/apps/v1/namespaces/shop/deployments/shop')
      assert.equal(status, 404)
      assert.equal(JSON.parse(body).message, 'deployments.apps "shop" not found')
    })

    it('starts a pod, and keeps a deleted one until its grace ends', async () => {
      assert.equal((await post(`${pods}?dryRun=All`, reader)).status, 201)
      assert.equal((await post(pods, reader)).status, 201)
      assert.equal((await post(pods, reader)).status, 409)
      await isRunning()
      const remove = (seconds: number) =>
        send(`${pods}/reader`, { method: 'DELETE', body: { gracePeriodSeconds: seconds } })
      await remove(60)
      const { metadata, status } = await get(`${pods}/reader`)
      assert.equal(metadata.deletionTimestamp, '2026-11-23T12:01:00Z')
      assert.equal(status.phase, 'Running')
      await remove(0)
      assert.equal((await send(`${pods}/reader`)).status, 404)
    })

    it('does not admit hostPath under PodSecurity, and leaves pods waiting for an image', async () => {
      standIn.faults.podSecurity = 'baseline'
      assert.match(
        (await post(pods, reader)).body,
        /pods \\"reader\\" is forbidden: violates PodSecurity \\"baseline:latest\\": hostPath volumes/,
      )
      standIn.faults.podSecurity = undefined
      standIn.faults.podWaiting = 'ImagePullBackOff'
      await post(pods, reader)
      const [{ state }] = await statuses()
      assert.equal(state.waiting.reason, 'ImagePullBackOff')
    })
  })

  describe('as a kubelet', () => {
    it('writes an archive under the real name, one a second', async () => {
      const { status, body } = await post(minerCheckpoint)
      assert.equal(status, 200)
      assert.deepEqual(JSON.parse(body), { items: [archivePath] })
      assert.deepEqual(JSON.parse((await post(minerCheckpoint)).body), { items: [archivePath] })
      const disk = standIn.disks['node-a']
      assert.equal(disk.names(checkpointFolder).length, 1)
      const bytes = await readFile(fixture('containerd-miner'))
      assert.ok(bytes.equals(disk.find(archivePath)?.bytes ?? new Uint8Array()))
    })

    for (const [name, path, method = 'POST'] of [
      ['pod missing', '/api/v1/nodes/node-a/proxy/checkpoint/shop/nope/cache'],
      ['pod on another node', '/api/v1/nodes/node-b/proxy/checkpoint/shop/miner-a/cache'],
      ['container missing', '/api/v1/nodes/node-a/proxy/checkpoint/shop/miner-a/nope'],
      ['timeout not a number', `${minerCheckpoint}?timeout=abc`],
      ['timeout negative', `${minerCheckpoint}?timeout=-1`],
      ['node missing', '/api/v1/nodes/node-z/proxy/checkpoint/shop/miner-a/cache'],
      ['path too short', '/api/v1/nodes/node-a/proxy/checkpoint/shop/miner-a'],
      ['GET', minerCheckpoint, 'GET'],
      ['criu refuses: established TCP', '/api/v1/nodes/node-b/proxy/checkpoint/shop/svc-tcp/svc'],
    ] as const) {
      it(`answers as recorded: ${name}`, async () => {
        const { status, contentType, body } = recorded(name)
        assert.deepEqual(await send(path, { method }), { status, contentType, body })
      })
    }

    for (const path of ['configz', 'metrics', 'healthz']) {
      it(`answers a GET of ${path} as recorded`, async () => {
        const { status, contentType, body } = recorded(path)
        const url = `/api/v1/nodes/node-a/proxy/${path}`
        assert.deepEqual(await send(url), { status, contentType, body })
        standIn.faults.kubeletReads.set(`node-a/${path}`, { status: 200, contentType, body: 'other' })
        assert.equal((await send(url)).body, 'other')
        standIn.faults.forbidden.add('get nodes/proxy')
        assert.equal((await send(url)).status, 403)
      })
    }

    it('tells of the pods that run on its node what was recorded of one', async () => {
      const { node, pods: found } = await get('/api/v1/nodes/node-b/proxy/stats/summary')
      assert.equal(node.nodeName, 'node-b')
      const names = found.map(({ podRef }: { podRef: { name: string } }) => podRef.name)
      assert.deepEqual(names, ['agent-b2v9k', 'db-0', 'svc', 'svc-tcp', 'web-6d4b75cb6d-x9c4m'])
      const [{ containers }] = found
      assert.equal(containers[0].name, 'agent')
      assert.equal(containers[0].memory.workingSetBytes, 663552)
    })

    it('says of which container it speaks where a recorded case is scripted', async () => {
      standIn.faults.checkpoints.set('node-a', 'container not running')
      assert.equal(
        (await post(minerCheckpoint)).body,
        'checkpointing of shop/miner-a/cache failed (container cache not found)',
      )
    })

    it("leaves CRIU's log on the node where CRIU refused", async () => {
      const { body } = await post('/api/v1/nodes/node-b/proxy/checkpoint/shop/svc-tcp/svc')
      const [, log = ''] = /path= ([^)]+)/.exec(body) ?? []
      assert.match(String(standIn.disks['node-b'].find(log)?.bytes), /consider using --tcp-established/)
    })

    it('guards its own port by itself', async () => {
      const { status } = await get('/api/v1/nodes/node-a')
      const url = `https://127.0.0.1:${status.daemonEndpoints.kubeletEndpoint.Port}/checkpoint/shop/miner-a/cache`
      const direct = (options: PlainOptions = {}) => ask(url, { method: 'POST', ...options })
      assert.equal((await direct({ clientCertificate: true, headers: {} })).status, 200)
      assert.equal((await direct({ headers: {} })).body, recorded('direct, anonymous').body)
      standIn.faults.forbidden.add('create nodes/checkpoint')
      assert.equal((await direct()).body, recorded('direct, not allowed').body)
      const configz = () => ask(url.replace(/checkpoint.*/, 'configz'))
      standIn.faults.forbidden.add('get nodes/configz')
      assert.equal((await configz()).status, 200)
      standIn.faults.forbidden.add('get nodes/proxy')
      assert.equal((await configz()).body, recorded('direct, configz not allowed').body)
    })

    it('holds a checkpoint, and finishes it though its client is gone', async () => {
      const gate = Promise.withResolvers<void>()
      standIn.faults.checkpoints.set('shop/miner-a/cache', { hold: gate.promise })
      const leaving = new AbortController()
      const answer = send(minerCheckpoint, { method: 'POST', signal: leaving.signal })
      await standIn.whenRequested(({ path }) => path === minerCheckpoint)
      leaving.abort()
      await assert.rejects(answer, { name: 'AbortError' })
      assert.equal(standIn.disks['node-a'].find(archivePath), undefined)
      gate.resolve()
      await new Promise(setImmediate)
      assert.ok(standIn.disks['node-a'].find(archivePath))
    })

    it('is out of reach, and starts nothing, where its node is down', async () => {
      standIn.faults.nodes.set('node-b', 'down')
      const { body } = recorded('kubelet down')
      const path = '/api/v1/nodes/node-b/proxy/checkpoint/shop/svc-tcp/svc'
      assert.equal((await post(path)).body, body)
      await post(pods, { ...reader, spec: { ...reader.spec, nodeName: 'node-b' } })
      await new Promise((resolve) => setTimeout(resolve, 20)) // Twice as long as others take.
      assert.equal((await get(`${pods}/reader`)).status.phase, 'Pending')
    })

    it('answers nothing where its node is silent', async () => {
      standIn.faults.nodes.set('node-a', 'silent')
      const signal = AbortSignal.timeout(50)
      await assert.rejects(send(minerCheckpoint, { method: 'POST', signal }), { name: 'AbortError' })
    })

    it('counts the calls that it works on at a time', async () => {
      const gate = Promise.withResolvers<void>()
      standIn.faults.checkpoints.set('node-a', { hold: gate.promise })
      const calls = ['miner-a/cache', 'checkout/app'].map((name) =>
        post(`/api/v1/nodes/node-a/proxy/checkpoint/shop/${name}`),
      )
      await standIn.whenRequested(({ path }) => path.endsWith('miner-a/cache'))
      await standIn.whenRequested(({ path }) => path.endsWith('checkout/app'))
      gate.resolve()
      await Promise.all(calls)
      const { now, peak } = standIn.load.checkpointsOn('node-a')
      assert.deepEqual({ now, peak }, { now: 0, peak: 2 })
    })

    it('drops the connection in the middle of a checkpoint', async () => {
      standIn.faults.checkpoints.set('node-a', { drop: 'without-archive' })
      await assert.rejects(post(minerCheckpoint), { code: 'ECONNRESET' })
      assert.equal(standIn.disks['node-a'].find(archivePath), undefined)
    })
  })

  describe('as a container runtime', () => {
    const v5 = 'v5.channel.k8s.io'
    const v4 = 'v4.channel.k8s.io'
    const command = ['sh', '-c', 'script', 'reader', '/node'].map((word) => `command=${word}`).join('&')
    const exec = (protocols: readonly string[] = [v5, v4], pod = 'reader') =>
      openExec(
        `${standIn.origin}${pods}/${pod}/exec?container=reader&stdin=true&stdout=true&${command}`,
        protocols,
      )

    beforeEach(async () => {
      standIn.disks['node-a'].write(`${checkpointFolder}/a.tar`, Buffer.alloc(100_000, 'x'))
      await post(pods, reader)
      await isRunning()
    })

    it("serves the node's files over v5 until stdin ends", async () => {
      const session = exec()
      await once(session.socket, 'open')
      assert.equal(session.socket.protocol, v5)
      session.send('range 99998 2 a.tar')
      session.endInput()
      assert.equal(await session.closed(), 1000)
      const mtime = Math.floor(noon.getTime() / 1000)
      assert.equal(session.channel(1).toString(), `ready\nrange 100000 ${mtime} 100\nxxdone\n`)
      assert.equal(JSON.parse(session.channel(3).toString()).status, 'Success')
    })

    it('falls back to v4', async () => {
      const session = exec([v4])
      await once(session.socket, 'open')
      assert.equal(session.socket.protocol, v4)
    })

    it('ends with exit code 137 when its pod is removed', async () => {
      const session = exec()
      await once(session.socket, 'message')
      await send(`${pods}/reader`, { method: 'DELETE', body: { gracePeriodSeconds: 0 } })
      await session.closed()
      const { details } = JSON.parse(session.channel(3).toString())
      assert.deepEqual(details.causes, [{ reason: 'ExitCode', message: '137' }])
    })

    it('cuts the connection after so many bytes, so many times', async () => {
      standIn.faults.cutExec = { afterBytes: 1000, times: 1 }
      const cut = exec()
      await once(cut.socket, 'open')
      cut.send('range 0 100000 a.tar')
      assert.equal(await cut.closed(), 1006)
      assert.equal(cut.channel(1).length, 1000)
      const whole = exec()
      await once(whole.socket, 'open')
      whole.send('range 0 100000 a.tar')
      whole.endInput()
      assert.equal(await whole.closed(), 1000)
    })

    it('sends no faster than it is told to', async () => {
      standIn.faults.bytesPerSecond = { perConnection: 1_000_000 }
      const session = exec()
      await once(session.socket, 'open')
      const asked = performance.now()
      session.send('range 0 100000 a.tar')
      session.endInput()
      await session.closed()
      assert.ok(performance.now() - asked >= 99) // Node's timers count whole milliseconds.
    })

    it('refuses with a Status', async () => {
      assert.equal((await exec(undefined, 'nope').refusal()).status, 404)
      assert.equal((await exec(undefined, 'miner-a').refusal()).status, 400)
      standIn.faults.forbidden.add('create pods/exec')
      const { status, body } = await exec().refusal()
      assert.equal(status, 403)
      assert.match(
        JSON.parse(body).message,
        /^pods "reader" is forbidden: User ".*" cannot create resource "pods\/exec"/,
      )
    })
  })

  describe('with a fleet', () => {
    const fleet = { nodes: 12, podsPerNode: 4, archivesPerNode: 12 }

    beforeEach(async () => {
      await standIn.close()
      standIn = await startStandIn({ now: () => noon, fleet })
    })

    it('has nodes with pods that labels select', async () => {
      const names = await namesOf('/api/v1/nodes')
      assert.equal(names.filter((name: string) => name.startsWith('fleet-')).length, 12)
      const selected = await namesOf('/api/v1/pods?labelSelector=app%3Dfleet,slice%3D1,slot%3D3')
      assert.deepEqual(selected, ['web-1-3', 'web-11-3'])
    })

    it('has archives in three time zones, of pods that run, are gone, or came again', async () => {
      const names = standIn.disks['fleet-0001']?.names(checkpointFolder) ?? []
      assert.equal(names.length, 12)
      assert.ok(
        names.includes('checkpoint-web-1-3_team-a-side-car-2026-11-23T14:30:00+05:30.tar'),
        `${names}`,
      )
      assert.ok(names.some((name) => name.startsWith('checkpoint-gone-1_fleet-app-')))
      assert.match(`${standIn.disks['fleet-0002']?.names(checkpointFolder)}`, /T08:00:00-03:00\.tar/)
      const { metadata } = await get('/api/v1/namespaces/fleet/pods/again-1')
      assert.equal(metadata.creationTimestamp, '2026-11-23T12:00:00Z')
    })

    it('takes checkpoints that say whose they are', async () => {
      await post('/api/v1/nodes/fleet-0003/proxy/checkpoint/fleet/web-3-0/app')
      const file = `${checkpointFolder}/checkpoint-web-3-0_fleet-app-2026-11-23T12:00:00Z.tar`
      const bytes = Buffer.from(standIn.disks['fleet-0003']?.find(file)?.bytes ?? '')
      assert.ok(bytes.includes('"io.kubernetes.cri.sandbox-name":"web-3-0"'))
    })
  })

  async function statuses() {
    for (;;) {
      const { status } = await get(`${pods}/reader`)
      if (status.containerStatuses) return status.containerStatuses
    }
  }

  async function isRunning() {
    const [{ state }] = await statuses()
    assert.ok(state.running)
  }
})
