import assert from 'node:assert/strict'
import { parseKubeconfig } from '../../../src/remote/cluster/kubeconfig.ts'
import { mergeKubeconfigs } from '../../../src/remote/cluster/merge-kubeconfigs.ts'

const parse = (content: string) => parseKubeconfig(content, '/kube/config')
const first = parse('contexts: [{name: a, context: {namespace: first}}]')
const second = parse(
  'current-context: b\ncontexts: [{name: a, context: {namespace: second}}, {name: b, context: {namespace: b}}]',
)
const third = parse('current-context: a')

describe('mergeKubeconfigs', () => {
  for (const [name, files, currentContext, namespaces] of [
    ['takes the current context of the first file that has one', [first, second, third], 'b', 'first b'],
    ['takes the first of two entries with one name', [second, first], 'b', 'second b'],
    ['has no current context if no file has one', [first], undefined, 'first undefined'],
    ['makes nothing of nothing', [], undefined, 'undefined undefined'],
  ] as const) {
    it(name, () => {
      const merged = mergeKubeconfigs(files)
      assert.equal(merged.currentContext, currentContext)
      const found = ['a', 'b'].map((context) => merged.contexts.get(context)?.namespace)
      assert.equal(`${found[0]} ${found[1]}`, namespaces)
    })
  }
})
