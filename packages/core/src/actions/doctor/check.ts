import type { CheckDocument } from '../../documents/index.ts'
import type { Fix } from '../../errors.ts'
import type { Unknown } from './learned.ts'

/** One thing that a checkpoint depends on, judged by facts alone. */
export interface Check<Facts> {
  readonly id: string
  /** What is looked at. */
  readonly title: string
  /** Undefined where there is nothing to look at. */
  judge(facts: Facts): Verdict | undefined
}

export type Verdict = Omit<CheckDocument, 'id' | 'title'>

/** What to do about it. */
export interface Remedy {
  readonly hint?: string | undefined
  readonly fix?: Fix | undefined
}

/** @param evidence What was seen, a fact a line. */
export const ok = (...evidence: readonly string[]): Verdict => ({ status: 'ok', evidence })

/** A checkpoint works all the same. */
export const warning = (evidence: readonly string[], remedy: Remedy): Verdict =>
  verdict('warning', evidence, remedy)

/** No checkpoint works as long as it is so. */
export const failure = (evidence: readonly string[], remedy: Remedy): Verdict =>
  verdict('failure', evidence, remedy)

export const unknown = ({ reason, hint, fix }: Omit<Unknown, 'known'>): Verdict =>
  verdict('unknown', [reason], { hint, fix })

const verdict = (status: Verdict['status'], evidence: readonly string[], { hint, fix }: Remedy): Verdict => ({
  status,
  evidence,
  ...(hint === undefined ? {} : { hint }),
  ...(fix === undefined ? {} : { fix }),
})

/** The checks that apply, as documents, in their order. */
export const runChecks = <Facts>(checks: readonly Check<Facts>[], facts: Facts): CheckDocument[] =>
  checks.flatMap(({ id, title, judge }) => {
    const found = judge(facts)
    return found === undefined ? [] : [{ id, title, ...found }]
  })
