import { type Check, failure, ok, unknown, type Verdict } from '../../check.ts'
import { notLearned } from '../../learned.ts'
import type { NodeFacts } from '../../node-facts.ts'
import { isAuthorized } from './kubelet-authorization.ts'

/** Proved by a call for a pod that can't exist; what the kubelet says of its settings is for whoever is to repair it. */
export const checkpointEndpoint: Check<NodeFacts> = {
  id: 'checkpoint-endpoint',
  title: 'Checkpoint endpoint',
  judge(facts): Verdict {
    const { call } = facts
    const settings = settingsOf(facts)
    if (!call.known || !isAuthorized(facts)) {
      const reason = ['the call does not get so far', ...settings].join('; ')
      return unknown(notLearned(reason))
    }
    if (call.value === undefined) return ok('it answers', ...settings)
    return failure([call.value.message, ...settings], call.value)
  },
}

function settingsOf({ gate, config }: NodeFacts): string[] {
  const settings: string[] = []
  if (gate.known && gate.value) {
    const { enabled, stage } = gate.value
    settings.push(
      `feature gate ContainerCheckpoint${stage && ` (${stage.toLowerCase()})`}: ${onOff(enabled)}`,
    )
  } else if (config.known && config.value.featureGates?.ContainerCheckpoint !== undefined) {
    settings.push(`feature gate ContainerCheckpoint: ${onOff(config.value.featureGates.ContainerCheckpoint)}`)
  }
  if (config.known && config.value.enableDebuggingHandlers === false) {
    settings.push('enableDebuggingHandlers: off')
  }
  return settings
}

const onOff = (on: boolean): string => (on ? 'on' : 'off')
