import { fixtureJson } from '../fixture.ts'
import type { Answer } from './answers.ts'

/** Who asked where the answers were recorded. */
export const recordedUser = 'system:serviceaccount:shop:dev'

interface RecordedAnswer extends Answer {
  readonly case: string
  readonly path: string
}

const files = ['answers/kubelet-responses.json', 'answers/kubelet-reads.json']
const responses = files.flatMap(
  (file) => fixtureJson<{ responses: readonly RecordedAnswer[] }>(file).responses,
)

/**
 * What a real API server or kubelet answered in the case of that name in one of the files of `answers`, with the
 * names of the request at hand in place of the recorded ones.
 */
export function recordedAnswer(
  name: string,
  asked: { node?: string; namespace?: string; pod?: string; container?: string; user?: string } = {},
): Answer {
  const recorded = responses.find((response) => response.case === name)
  if (!recorded) throw new Error(`no recorded answer is named ${JSON.stringify(name)}`)
  const [path = ''] = recorded.path.split('?')
  const [, node = 'node-a'] = /nodes\/([^/]+)/.exec(path) ?? []
  const [, namespace, pod, container] = /checkpoint\/([^/]+)\/([^/]+)\/([^/]+)/.exec(path) ?? []
  const body = recorded.body
    .replaceAll(node, asked.node ?? node)
    .replace(recordedUser, asked.user ?? recordedUser)
    .replace(`${namespace}/${pod}/${container}`, `${asked.namespace}/${asked.pod}/${asked.container}`)
    .replace(`container ${container} `, `container ${asked.container} `)
  return { status: recorded.status, contentType: recorded.contentType, body }
}
