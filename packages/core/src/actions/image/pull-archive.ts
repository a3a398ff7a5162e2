import { type ByteSource, chunks, findCompression, slice } from '../../bytes/index.ts'
import type { PulledArchiveDocument } from '../../documents/index.ts'
import { OciError } from '../../formats/oci/index.ts'
import { parseImageReference } from '../../remote/registry/index.ts'
import { parseArchiveReference } from '../archive-reference.ts'
import type { Context } from '../context.ts'
import { type Downloadable, download } from '../download.ts'
import { ActionError } from '../errors.ts'
import type { ActionEvent } from '../events.ts'
import { openRegistryImage } from '../open-registry-image.ts'
import { reportDownload } from '../report-download.ts'
import type { PullRequest } from './pull.ts'

/** Of each request: what is lost where a connection breaks. */
const chunkLength = 8 * 1024 * 1024

/** What `pull` does. */
export async function pullArchive(
  { image: item, to }: PullRequest,
  context: Context,
  emit: (event: ActionEvent) => void,
  signal: AbortSignal,
): Promise<PulledArchiveDocument> {
  const name = parseImage(item)
  await using resources = new AsyncDisposableStack()
  const { source: layer, identity } = await openRegistryImage(name, context, { signal }, resources)
  const source = downloadable(layer, identity)
  const compression = await findCompression(layer, { signal })
  const fileName = archiveName(name, compression)
  const report = reportDownload(item, emit)
  const { path, size, sha256, transfer } = await download({ source, fileName, to, report, signal })
  emit({ type: 'phase', item, phase: 'done' })
  return {
    apiVersion: 'kubectl-checkpoint/v1',
    kind: 'PulledArchive',
    image: item,
    path,
    size,
    sha256,
    ...(compression && { compression }),
    transfer: { bytes: transfer.bytes, keptBytes: transfer.keptBytes },
  }
}

function parseImage(text: string): string {
  const reference = parseArchiveReference(text, false)
  if (reference.kind === 'registry') return reference.image
  throw new ActionError('ARCHIVE_REFERENCE_INVALID', `${JSON.stringify(text)} is not in a registry`, {
    hint: 'Name it like oci://registry.example/shop/web:1; fetch brings archives from nodes.',
  })
}

/** `web-1.tar` of `registry.example/shop/web:1`. */
function archiveName(image: string, compression: 'gzip' | 'zstd' | undefined): string {
  const { repository, version } = parseImageReference(image)
  const endings = { gzip: '.gz', zstd: '.zst' }
  return `${repository.split('/').at(-1)}-${version}.tar${compression ? endings[compression] : ''}`
}

function downloadable(layer: ByteSource, digest: string): Downloadable {
  const [algorithm, sha256 = ''] = digest.split(':')
  if (algorithm !== 'sha256') {
    throw new OciError('BAD_IMAGE', `${layer.label}: its layer has a digest by ${algorithm}, not sha256`)
  }
  return {
    label: layer.label,
    size: layer.size,
    // The same bytes wherever they lie.
    identity: digest,
    sha256: async () => sha256,
    transfer(from, signal) {
      let receivedBytes = 0
      return {
        get receivedBytes() {
          return receivedBytes
        },
        async *[Symbol.asyncIterator]() {
          const rest = slice(layer, from, layer.size - from, layer.label)
          for await (const chunk of chunks(rest, { chunkLength, ahead: 1, signal })) {
            receivedBytes += chunk.length
            yield chunk
          }
        },
      }
    },
  }
}
