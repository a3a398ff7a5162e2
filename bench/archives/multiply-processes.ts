import { copyFile, open, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { readImage, writeImage } from './image.ts'
import { buildPageMapEntry, findPages, mmField, pageLength } from './memory.ts'
import { type Field, numberOf } from './message.ts'

/** The miner's child, of which more are made. */
const modelPid = 7
/** Numbers of fields in `pstree_entry`, `task_kobj_ids_entry` and `pagemap_head`. */
const pstreeField = { pid: 1, ppid: 2, threads: 5 } as const
const filesIdField = 2
const pagesIdField = 1

/**
 * Lets the container in the folder of images have `count` processes: children of the first one, each with images of
 * its own, memory of a page or two for its arguments among them.
 */
export async function multiplyProcesses(folder: string, count: number): Promise<void> {
  const image = (name: string) => join(folder, `${name}.img`)
  const pstree = await readImage(image('pstree'))
  const model = pstree.messages.find((fields) => numberOf(fields, pstreeField.pid) === BigInt(modelPid)) ?? []
  const ids = await readImage(image(`ids-${modelPid}`))
  const filesId = numberOf(ids.messages[0] ?? [], filesIdField)
  const pageMap = await readImage(image(`pagemap-${modelPid}`))
  const argumentPages = await readArgumentPages(folder)
  const pids = Array.from({ length: count - pstree.messages.length }, (_, index) => 100 + index)
  for (const pid of pids) {
    const number = BigInt(pid)
    for (const kind of ['core', 'mm', 'fs'])
      await copyFile(image(`${kind}-${modelPid}`), image(`${kind}-${pid}`))
    await copyFile(image(`fdinfo-${filesId}`), image(`fdinfo-${pid}`))
    await writeImage(image(`ids-${pid}`), {
      ...ids,
      messages: ids.messages.map((fields) => replace(fields, filesIdField, number)),
    })
    await writeImage(image(`pagemap-${pid}`), {
      ...pageMap,
      messages: [
        [{ number: pagesIdField, value: number }],
        buildPageMapEntry(argumentPages.address, argumentPages.bytes.length / pageLength),
      ],
    })
    await writeFile(image(`pages-${pid}`), argumentPages.bytes)
  }
  const entries = pids.map((pid) =>
    replace(replace(model, pstreeField.pid, BigInt(pid)), pstreeField.threads, BigInt(pid)),
  )
  await writeImage(image('pstree'), { ...pstree, messages: [...pstree.messages, ...entries] })
}

/** The pages from the model's first argument to the end of its environment. */
async function readArgumentPages(
  folder: string,
): Promise<{ readonly address: bigint; readonly bytes: Uint8Array }> {
  const [mm = []] = (await readImage(join(folder, `mm-${modelPid}.img`))).messages
  const pageMap = await readImage(join(folder, `pagemap-${modelPid}.img`))
  const pagesId = numberOf(pageMap.messages[0] ?? [], pagesIdField)
  const page = BigInt(pageLength)
  const address = ((numberOf(mm, mmField.argStart) ?? 0n) / page) * page
  const end = (((numberOf(mm, mmField.envEnd) ?? 0n) + page - 1n) / page) * page
  const offset = findPages(pageMap, address)
  if (offset === undefined) throw new Error(`no page at 0x${address.toString(16)}`)
  await using file = await open(join(folder, `pages-${pagesId}.img`))
  const { buffer } = await file.read(Buffer.alloc(Number(end - address)), 0, Number(end - address), offset)
  return { address, bytes: buffer }
}

const replace = (fields: readonly Field[], number: number, value: bigint): Field[] =>
  fields.map((field) => (field.number === number ? { number, value } : field))
