import { type Check, ok, warning } from '../../check.ts'
import type { NodeFacts } from '../../node-facts.ts'
import { unseen } from './seen.ts'

const toleratedSeconds = 60

export const clock: Check<NodeFacts> = {
  id: 'clock',
  title: 'Clock',
  judge({ sight }) {
    if (!sight.known) return unseen()
    const { now, askedAt, answeredAt } = sight.value
    // It was read at some time between question and answer.
    const behind = Math.max(0, Math.round(askedAt / 1000 - now))
    const ahead = Math.max(0, Math.round(now - answeredAt / 1000))
    const evidence =
      behind + ahead === 0
        ? "agrees with this machine's"
        : `${behind + ahead} s ${behind > 0 ? 'behind' : 'ahead of'} this machine's`
    if (behind + ahead <= toleratedSeconds) return ok(evidence)
    return warning([evidence], {
      hint: 'The times of archives are those of their node. Set the wrong clock of the two.',
    })
  },
}
