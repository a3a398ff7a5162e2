import { execFileSync } from 'node:child_process'
import { createHash, randomUUID } from 'node:crypto'
import { existsSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { zstdDecompressSync } from 'node:zlib'

/** The archives of `test/fixtures/archives`. */
export type FixtureName =
  | 'containerd-miner'
  | 'containerd-svc'
  | 'containerd-volumes'
  | 'crio-miner'
  | 'podman-counter'
  | 'podman-pre-checkpoint'
  | 'podman-svc-tcp'
  | 'podman-with-previous'

/** The path of a file of `test/fixtures`: `fixturePath('logs/criu-dump-tcp-established.log')`. */
export const fixturePath = (file: string): string =>
  fileURLToPath(new URL(`../../fixtures/${file}`, import.meta.url))

/** The path of a plain tar archive, inflated once per machine into the temp folder. Don't write to it. */
export function fixture(name: FixtureName): string {
  const compressed = readFileSync(fixturePath(`archives/${name}.tar.zst`))
  return madeOnce(compressed, `${name}.tar`, (path) =>
    writeFileSync(path, zstdDecompressSync(compressed), { mode: 0o600 }),
  )
}

/** The image sets of `test/fixtures/images`; its README says what each holds. */
export type ImageSetName = 'descriptors' | 'external' | 'memory' | 'namespaces' | 'processes' | 'sockets'

/** The path of an unpacked folder of CRIU images, made once per machine in the temp folder. Don't write to it. */
export function imageSet(name: ImageSetName): string {
  const compressed = readFileSync(fixturePath(`images/${name}.tar.zst`))
  return madeOnce(compressed, name, (folder) => {
    mkdirSync(folder, { mode: 0o700 })
    execFileSync('tar', ['-x', '-C', folder], { input: zstdDecompressSync(compressed) })
  })
}

/** An image as `crit decode` and `crit show` print it. */
export interface CritImage {
  readonly decode: { readonly magic: string; readonly entries: readonly unknown[] }
  readonly show: { readonly magic: string; readonly entries: readonly unknown[] }
}

/**
 * What CRIT made of the images of an archive or a set, by their paths in it; null for what it can't read.
 * Integers that a double can't hold are bigints.
 */
export const recordedCrit = (name: FixtureName | ImageSetName): Readonly<Record<string, CritImage | null>> =>
  parseCrit(zstdDecompressSync(readFileSync(fixturePath(`crit/${name}.json.zst`))).toString())

/** What JSON of CRIT's says, or of ours; integers that a double can't hold are bigints. */
export const parseCrit = <T>(json: string): T =>
  JSON.parse(json, (_key, value: unknown, context?: { readonly source?: string }) =>
    typeof value === 'number' && !Number.isSafeInteger(value) ? BigInt(context?.source ?? value) : value,
  )

/** The text of a file of `test/fixtures`. */
export const fixtureText = (file: string): string => readFileSync(fixturePath(file), 'utf8')

/** The value in a JSON file of `test/fixtures`, of the type that the test knows it has. */
export const fixtureJson = <T>(file: string): T => JSON.parse(fixtureText(file))

/** The path in the temp folder of what `make` makes of these bytes; made under another name, so never seen half. */
function madeOnce(bytes: Uint8Array, name: string, make: (path: string) => void): string {
  const digest = createHash('sha256').update(bytes).digest('hex').slice(0, 16)
  const path = join(tmpdir(), `kubectl-checkpoint-${digest}-${name}`)
  if (existsSync(path)) return path
  const partial = `${path}.${randomUUID()}`
  make(partial)
  try {
    renameSync(partial, path)
  } catch (error) {
    // Another test process was faster: a folder, unlike a file, is not replaced.
    if (!existsSync(path)) throw error
    rmSync(partial, { recursive: true })
  }
  return path
}
