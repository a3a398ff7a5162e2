import { deepEqual, equal, match, ok } from 'node:assert/strict'
import fc from 'fast-check'
import { archiveOnNode, isArchiveOf, localArchiveName } from '../../src/actions/archive-name.ts'

const container = { namespace: 'shop', pod: 'web-0', container: 'app' }

/** With all control characters, and what separates names anywhere. */
const anyText = fc.uint8Array().map((bytes) => Buffer.from(bytes).toString('latin1'))

describe('isArchiveOf', () => {
  for (const zone of ['Z', '+00:00', '+05:30', '-03:30', '+14:00']) {
    it(`knows a time in the zone ${zone}`, () => {
      ok(isArchiveOf(container, `checkpoint-web-0_shop-app-2026-11-23T13:44:14${zone}.tar`))
    })
  }

  it('tells containers, namespaces and pods apart whose names begin alike', () => {
    const rest = '2026-11-23T13:44:14Z.tar'
    const ofContainer = (name: string) =>
      isArchiveOf({ ...container, container: name }, `checkpoint-web-0_shop-app-b-${rest}`)
    deepEqual([ofContainer('app-b'), ofContainer('app')], [true, false])
    equal(isArchiveOf(container, `checkpoint-web-0_shop-b-app-${rest}`), false)
    equal(isArchiveOf(container, `checkpoint-web-01_shop-app-${rest}`), false)
  })

  it('knows no other file', () => {
    for (const name of [
      '',
      'checkpoint-web-0_shop-app-.tar',
      'checkpoint-web-0_shop-app-2026-11-23T13:44:14Z.tar.gz',
      'checkpoint-web-0_shop-app-2026-11-23T13:44:14.tar',
      'checkpoint-web-0_shop-app-2026-11-23T13:44:14Z.tar\n',
      'Xcheckpoint-web-0_shop-app-2026-11-23T13:44:14Z.tar',
      '2026-11-23T13:44:14Z.tar',
    ]) {
      equal(isArchiveOf(container, name), false, name)
    }
  })

  it('knows what the kubelet makes of any names', () => {
    const label = fc.stringMatching(/^[a-z0-9]([a-z0-9-]{0,20}[a-z0-9])?$/)
    const pod = fc.stringMatching(/^[a-z0-9]([a-z0-9.-]{0,20}[a-z0-9])?$/)
    fc.assert(
      fc.property(label, pod, label, (namespace, podName, name) =>
        isArchiveOf(
          { namespace, pod: podName, container: name },
          `checkpoint-${podName}_${namespace}-${name}-2026-11-23T13:44:14+05:30.tar`,
        ),
      ),
    )
  })
})

describe('localArchiveName', () => {
  it('has no colon, which Windows refuses, and is the name on the node otherwise', () => {
    equal(
      localArchiveName('checkpoint-web-0_shop-app-2026-11-23T13:44:14+05:30.tar'),
      'checkpoint-web-0_shop-app-2026-11-23T13-44-14+05-30.tar',
    )
  })

  it('is a harmless file name whatever the node says', () => {
    for (const name of ['', '..', '../../etc/passwd', '-rf', '.ssh', '\u001b[2J', 'a\\b', '---', '\u00e9']) {
      match(localArchiveName(name), /^[A-Za-z0-9_+][A-Za-z0-9._+-]*$/, JSON.stringify(name))
    }
    fc.assert(fc.property(anyText, (name) => /^[A-Za-z0-9_+][A-Za-z0-9._+-]*$/.test(localArchiveName(name))))
  })
})

describe('archiveOnNode', () => {
  it('names the folder only where it is not the default', () => {
    equal(archiveOnNode('node-a', '/var/lib/kubelet/checkpoints/a.tar'), 'node-a:a.tar')
    equal(
      archiveOnNode('node-a', '/data/kubelet/checkpoints/a.tar'),
      'node-a:/data/kubelet/checkpoints/a.tar',
    )
    equal(archiveOnNode('node-a', '/a.tar'), 'node-a:/a.tar')
  })
})
