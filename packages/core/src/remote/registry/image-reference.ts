import { quote } from '../../quote.ts'
import { RegistryError } from './errors.ts'

/** What `registry.example:5000/shop/web:1@sha256:…` names. */
export interface ImageReference {
  /** Host and port. */
  readonly registry: string
  readonly repository: string
  /** What its manifest is asked for by: the digest if there is one, else the tag. */
  readonly version: string
}

const defaultRegistry = 'docker.io'
const repositoryPattern =
  /^[a-z0-9]+(?:(?:\.|_|__|-+)[a-z0-9]+)*(?:\/[a-z0-9]+(?:(?:\.|_|__|-+)[a-z0-9]+)*)*$/
const registryPattern = /^(?:[A-Za-z0-9](?:[A-Za-z0-9.-]*[A-Za-z0-9])?|\[[0-9a-fA-F:]+\])(?::[0-9]{1,5})?$/
const tagPattern = /^[A-Za-z0-9_][A-Za-z0-9._-]{0,127}$/
const digestPattern = /^(?:sha256:[0-9a-f]{64}|sha512:[0-9a-f]{128})$/
const maxLength = 1024

/**
 * Reads an image's name as Docker does: the first part is a registry if it has a dot or a port, or is `localhost`; the
 * tag is `latest` if none is given.
 * @throws {RegistryError} IMAGE_REFERENCE_INVALID
 */
export function parseImageReference(text: string): ImageReference {
  // Before any pattern: none takes long on a text of this length.
  if (text.length > maxLength) throw invalid(text)
  const [name = '', digest, ...more] = text.split('@')
  const slash = name.indexOf('/')
  const first = name.slice(0, Math.max(slash, 0))
  const hasRegistry = /[.:]/.test(first) || first === 'localhost'
  const registry = hasRegistry ? first : defaultRegistry
  const path = hasRegistry ? name.slice(slash + 1) : name
  const colon = path.lastIndexOf(':')
  const [repository, tag] = colon === -1 ? [path] : [path.slice(0, colon), path.slice(colon + 1)]
  const isRight =
    more.length === 0 &&
    registryPattern.test(registry) &&
    repositoryPattern.test(repository ?? '') &&
    (tag === undefined || tagPattern.test(tag)) &&
    (digest === undefined || digestPattern.test(digest))
  if (!isRight || repository === undefined) throw invalid(text)
  return {
    registry,
    repository:
      registry === defaultRegistry && !repository.includes('/') ? `library/${repository}` : repository,
    version: digest ?? tag ?? 'latest',
  }
}

/** Where the registry of that name answers: of all, only Docker's answers elsewhere. */
export const registryHost = (registry: string): string =>
  registry === defaultRegistry ? 'registry-1.docker.io' : registry

const invalid = (text: string): RegistryError =>
  new RegistryError('IMAGE_REFERENCE_INVALID', `${quote(JSON.stringify(text))} is not the name of an image`, {
    hint: 'Write it like registry.example/shop/web:1.',
  })
