import { deepEqual, equal } from 'node:assert/strict'
import fc from 'fast-check'
import { parseArchiveName } from '../../../src/actions/archives/parse-archive-name.ts'

const time = '2026-11-23T13:44:14Z'
const ownersOf = (name: string) =>
  parseArchiveName(name)?.owners.map(({ namespace, pod, container }) => `${namespace}/${pod}/${container}`)

describe('parseArchiveName', () => {
  it('reads pod, namespace and container', () => {
    deepEqual(ownersOf(`checkpoint-web-0.eu_shop-app-${time}.tar`), ['shop/web-0.eu/app'])
  })

  for (const [zone, utc] of [
    ['Z', '2026-11-23T13:44:14.000Z'],
    ['+05:30', '2026-11-23T08:14:14.000Z'],
    ['-03:00', '2026-11-23T16:44:14.000Z'],
    ['+14:00', '2026-11-22T23:44:14.000Z'],
  ] as const) {
    it(`reads a time in the zone ${zone}`, () => {
      const name = parseArchiveName(`checkpoint-web_shop-app-2026-11-23T13:44:14${zone}.tar`)
      equal(name?.takenAt.toISOString(), utc)
    })
  }

  it('names all that it can be of where namespace or container have dashes', () => {
    deepEqual(ownersOf(`checkpoint-web_shop-eu-app-${time}.tar`), ['shop/web/eu-app', 'shop-eu/web/app'])
    deepEqual(ownersOf(`checkpoint-web_a--b-${time}.tar`), undefined)
  })

  it('knows what no kubelet has named', () => {
    for (const name of [
      '',
      '.tar',
      `checkpoint-web_shop-app-${time}.tar.keep`,
      `checkpoint-web_shop-app-${time}.tar\n`,
      `\ncheckpoint-web_shop-app-${time}.tar`,
      `checkpoint-../web_shop-app-${time}.tar`,
      `checkpoint-web_shop-\u001bapp-${time}.tar`,
      `checkpoint-web_shop_app-${time}.tar`,
      `checkpoint-_shop-app-${time}.tar`,
      `checkpoint-web_shop-${time}.tar`,
      `checkpoint-web_shop-app-2026-13-23T13:44:14Z.tar`,
      `checkpoint-web_shop-app-2026-11-23T13:44:14.tar`,
      `Xcheckpoint-web_shop-app-${time}.tar`,
    ]) {
      equal(parseArchiveName(name), undefined, JSON.stringify(name))
    }
  })

  it('has whom the kubelet meant among the owners, whatever the names', () => {
    const label = fc.stringMatching(/^[a-z0-9]([a-z0-9-]{0,20}[a-z0-9])?$/)
    const podName = fc.stringMatching(/^[a-z0-9]([a-z0-9.-]{0,20}[a-z0-9])?$/)
    fc.assert(
      fc.property(label, podName, label, (namespace, pod, container) =>
        ownersOf(`checkpoint-${pod}_${namespace}-${container}-2026-11-23T13:44:14+05:30.tar`)?.includes(
          `${namespace}/${pod}/${container}`,
        ),
      ),
    )
  })
})
