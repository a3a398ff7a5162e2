import { createHash, randomUUID } from 'node:crypto'
import { existsSync, readFileSync, renameSync, writeFileSync } from 'node:fs'
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

/** The path of a file of `test/fixtures`: `fixturePath('logs/criu-dump-tcp-established.log')`. */
export const fixturePath = (file: string): string =>
  fileURLToPath(new URL(`../../fixtures/${file}`, import.meta.url))

/** The path of a plain tar archive, inflated once per machine into the temp folder. Don't write to it. */
export function fixture(name: FixtureName): string {
  const compressed = readFileSync(fixturePath(`archives/${name}.tar.zst`))
  const digest = createHash('sha256').update(compressed).digest('hex').slice(0, 16)
  const path = join(tmpdir(), `kubectl-checkpoint-${digest}-${name}.tar`)
  if (!existsSync(path)) {
    // Another test process may be inflating the same archive: whoever renames last wins, with equal bytes.
    const partial = `${path}.${randomUUID()}`
    writeFileSync(partial, zstdDecompressSync(compressed), { mode: 0o600 })
    renameSync(partial, path)
  }
  return path
}

/** The text of a file of `test/fixtures`. */
export const fixtureText = (file: string): string => readFileSync(fixturePath(file), 'utf8')

/** The value in a JSON file of `test/fixtures`, of the type that the test knows it has. */
export const fixtureJson = <T>(file: string): T => JSON.parse(fixtureText(file))
