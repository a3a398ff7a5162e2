import type { RestoreRemark } from '../../documents/index.ts'
import type { Node } from '../../remote/cluster/index.ts'
import { judgeNode } from '../restore/judge-node.ts'
import type { Judgement } from '../restore/judgement.ts'

/** Whether what runs on one node can go on at another. */
export function judgeTarget(to: Node, from: Node): Judgement {
  const { name } = to.metadata
  const { architecture = 'amd64' } = from.status?.nodeInfo ?? {}
  const { blockers, warnings } = judgeNode(to, `linux/${architecture}`)
  const own: RestoreRemark[] = []
  if (name === from.metadata.name) own.push({ id: 'same-node', message: `it runs on ${name} already` })
  if (!to.status?.conditions?.some(({ type, status }) => type === 'Ready' && status === 'True')) {
    own.push({ id: 'node-not-ready', message: `${name} is not ready`, hint: `kubectl describe node ${name}` })
  }
  if (to.spec?.unschedulable) {
    own.push({
      id: 'node-cordoned',
      message: `${name} is cordoned`,
      hint: `Name another node, or lift it: kubectl uncordon ${name}`,
    })
  }
  return { blockers: [...own, ...blockers], warnings }
}
