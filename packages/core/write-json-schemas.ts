import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { buildJsonSchemas } from './json-schemas.ts'

const folder = join(import.meta.dirname, '../../docs/schemas')

for (const [name, text] of await buildJsonSchemas()) await writeFile(join(folder, name), text)
