import { readFile } from 'node:fs/promises'

/** What a kubeconfig carries in base64 or names as a file; of both the data count, as for kubectl. */
export async function readPem(
  base64: string | null | undefined,
  path: string | null | undefined,
): Promise<string | undefined> {
  if (base64) return Buffer.from(base64, 'base64').toString()
  return path ? await readFile(path, 'utf8') : undefined
}
