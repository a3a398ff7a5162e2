import assert from 'node:assert/strict'
import { KubeletError } from '@kubectl-checkpoint/core/remote/kubelet'
import { describeFailures } from '../../src/output/describe-failures.ts'

const failuresOf = (count: number, hint: string) =>
  Array.from({ length: count }, (_, index) => ({
    item: `shop/web-${index}/app`,
    error: new KubeletError('CRIU_REFUSED', `web-${index} refused`, { hint }),
  }))

describe('describeFailures', () => {
  it('tells a few one by one', () => {
    const text = describeFailures(failuresOf(8, 'Close it.'), 80)
    assert.equal(text.match(/^error: /gm)?.length, 8)
  })

  it('tells many together that call for the same step, and names the first of them', () => {
    const text = describeFailures([...failuresOf(300, 'Close it.'), ...failuresOf(2, 'Open it.')], 80)
    assert.equal(
      text,
      `error: web-0 refused (CRIU_REFUSED)

Close it.
The same for 299 more: shop/web-1/app, shop/web-2/app, shop/web-3/app,
shop/web-4/app, shop/web-5/app, shop/web-6/app, shop/web-7/app, shop/web-8/app,
shop/web-9/app, shop/web-10/app and 289 more, which -o json lists
error: web-0 refused (CRIU_REFUSED)

Open it.
The same for 1 more: shop/web-1/app
`,
    )
  })

  it('escapes names', () => {
    const failures = failuresOf(9, '').map((failure) => ({ ...failure, item: 'a\x1b' }))
    assert.ok(!describeFailures(failures, 80).includes('\x1b'))
  })
})
