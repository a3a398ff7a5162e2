import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { type CritImage, parseCrit } from '@kubectl-checkpoint/test-support'
import { cli } from './cli.ts'
import { readProgram } from './process.ts'

const script = (name: string): string => fileURLToPath(new URL(`../criu/${name}`, import.meta.url))

/** What CRIT makes of each image below a folder, by its path; null for what it can't read. */
export const readWithCrit = async (folder: string): Promise<Readonly<Record<string, CritImage | null>>> =>
  parseCrit(await readProgram(script('crit-images.sh'), [folder]))

/** Makes all sets of images with real CRIU, each in a folder of its name. */
export async function makeImageSets(folder: string): Promise<void> {
  await readProgram(script('make-images.sh'), [folder])
}

/** What `inspect raw` makes of images in a folder, in the form of CRIT. */
export async function readRaw(folder: string, paths: readonly string[]): Promise<readonly CritImage[]> {
  // Of several words the first one names an archive, unless it ends like an image.
  const files = paths.toSorted((a, b) => Number(b.endsWith('.img')) - Number(a.endsWith('.img')))
  const [decoded, shown] = await Promise.all([
    readDocuments(folder, files, ['--output', 'json']),
    readDocuments(folder, files, []),
  ])
  return paths.map((path) => {
    const at = files.indexOf(path)
    const decode = decoded[at]
    const show = shown[at]
    if (!decode || !show) throw new Error(`inspect raw printed ${decoded.length} of ${files.length} images`)
    return { decode, show }
  })
}

async function readDocuments(
  folder: string,
  files: readonly string[],
  flags: readonly string[],
): Promise<readonly CritImage['decode'][]> {
  const { code, stdout, stderr } = await cli(
    'inspect',
    'raw',
    ...files.map((file) => join(folder, file)),
    ...flags,
  )
  if (code !== 0) throw new Error(`inspect raw: exit code ${code}\n${stderr}`)
  // Each begins in a line's first column, and nothing else does but its end.
  return stdout.split(/\n(?=\{)/).map((document) => parseCrit(document))
}
