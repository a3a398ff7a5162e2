import assert from 'node:assert/strict'
import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { buildJsonSchemas } from '../../json-schemas.ts'

const folder = join(import.meta.dirname, '../../../../docs/schemas')

describe('docs/schemas', () => {
  it('holds the schemas of all documents as they are now: `pnpm schemas` writes them', async () => {
    const schemas = await buildJsonSchemas()
    assert.ok(schemas.has('inspection.schema.json'))
    assert.deepEqual((await readdir(folder)).sort(), [...schemas.keys()].sort())
    for (const [name, text] of schemas) assert.equal(await readFile(join(folder, name), 'utf8'), text, name)
  })

  it('describes parts by name, and leaves room for properties of later versions', async () => {
    const { $defs } = JSON.parse((await buildJsonSchemas()).get('inspection.schema.json') ?? '')
    assert.deepEqual($defs.inspection.properties.processes.items, { $ref: '#/$defs/process' })
    assert.equal('additionalProperties' in $defs.process, false)
  })
})
