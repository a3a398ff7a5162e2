import type { Notice } from '@kubectl-checkpoint/core/actions'
import { shellWord } from '@kubectl-checkpoint/core/shell-word'
import { bytes } from './units.ts'

/** What a notice says to people, in one sentence; not yet safe to print. */
export function describeNotice(notice: Notice): string {
  switch (notice.kind) {
    case 'default-container':
      return `${notice.pod}: took container ${notice.container}, not ${notice.others.join(', ')}; choose with -c, or take all with --all-containers`
    case 'container-skipped':
      return `${notice.pod}: left out container ${notice.container}: ${notice.reason}`
    case 'pod-skipped':
      return `${notice.pod}: left out: ${notice.reason}`
    case 'timeout-below-minimum':
      return `--timeout of ${notice.timeoutSeconds} s has no effect: unless configured otherwise, the kubelet waits at least ${notice.minimumSeconds} s`
    case 'started-together':
      return `${notice.pod}: ${notice.containers} containers started within ${Math.max(1, Math.round(notice.spreadSeconds * 1000))} ms`
    case 'not-annotated':
      return `${notice.pod}: the time of its checkpoint could not be written onto it: ${notice.reason}`
    case 'connection-resumed':
      return `connection lost (${notice.reason}); went on at ${bytes(notice.atByte)}`
    case 'download-continued':
      return `goes on after ${bytes(notice.atByte)} that an earlier download left here`
    case 'already-here':
      return `${notice.path} is here already, with the same content`
    case 'archive-stays':
      return `its archive stays on the node; bring it here with: kubectl checkpoint fetch ${shellWord(notice.archive)}`
    case 'secrets-inside':
      return describeSecrets(notice)
    case 'base-image-unnamed':
      return 'it names its base image by an ID alone, which no node can pull: containerd will not restore it'
    case 'no-status':
      return 'it has no status.dump: containerd will not restore it'
    case 'pod-event':
      return `${notice.reason}: ${notice.message}`
    case 'archive-left':
      return `its archive could not be removed (${notice.reason}); do it with: kubectl checkpoint delete ${shellWord(notice.archive)}`
    case 'image-left':
      return `${notice.image} could not be removed: ${notice.reason}`
    case 'object-left':
      return `${notice.object} could not be removed (${notice.reason}); do it with: kubectl delete -n ${shellWord(notice.namespace)} ${shellWord(notice.object)}`
    case 'archive-appeared':
      return `the node has written the checkpoint all the same: ${notice.archive} (${bytes(notice.size)})`
    case 'archive-growing':
      return `the node is still writing the checkpoint: ${notice.archive} (${bytes(notice.size)} so far)`
    case 'no-archive-appeared':
      return `${notice.node} has no new archive of this container so far`
    case 'node-not-searched':
      return `${notice.node} could not be searched for an archive: ${notice.reason}`
    case 'log-not-read':
      return `CRIU's log ${notice.path} could not be read, which says why it refused: ${notice.reason}`
    case 'nodes-not-listed':
      return `you may not list nodes: asked the ${notice.nodes} that pods you may list run on; name others with --node`
    case 'pods-not-listed':
      return `whether the pods are still there is unknown: ${notice.reason}`
    case 'not-recorded':
      return `this machine will not remember the checkpoint: ${notice.reason}`
    case 'reader-left':
      return `could not delete the reader pod (${notice.reason}); do it with: kubectl delete pod -n ${shellWord(notice.namespace)} ${shellWord(notice.pod)}`
  }
}

function describeSecrets({
  environment,
  serviceAccountToken,
}: Extract<Notice, { kind: 'secrets-inside' }>): string {
  const named = [
    ...(environment.length > 0 ? [`the variables ${environment.join(', ')}`] : []),
    ...(serviceAccountToken ? ['a token of its service account'] : []),
  ]
  const also = named.length > 0 ? `, among it ${named.join(' and ')}` : ''
  return `whoever can pull the image can read all that the container had in its memory${also}`
}
