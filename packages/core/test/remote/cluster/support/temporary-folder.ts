import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'

export interface TemporaryFolder extends AsyncDisposable {
  readonly path: string
  /** @returns the file's whole path. */
  write(name: string, content: string, mode?: number): Promise<string>
}

export async function temporaryFolder(): Promise<TemporaryFolder> {
  const path = await mkdtemp(join(tmpdir(), 'cluster-test-'))
  return {
    path,
    async write(name, content, mode = 0o600) {
      const file = join(path, name)
      await mkdir(dirname(file), { recursive: true })
      await writeFile(file, content, { mode })
      return file
    },
    async [Symbol.asyncDispose]() {
      await rm(path, { recursive: true })
    },
  }
}
