import { globSync } from 'node:fs'
import { join } from 'node:path'
import { z } from 'zod'

const documents = join(import.meta.dirname, 'src/documents')

/**
 * The JSON Schema of each document that commands print, by the name of its file: a document is what has a `kind`. The
 * parts that it is made of keep their names.
 */
export async function buildJsonSchemas(): Promise<ReadonlyMap<string, string>> {
  const schemas = await readSchemas()
  for (const [name, schema] of schemas)
    z.globalRegistry.add(schema, { ...z.globalRegistry.get(schema), id: name })
  return new Map(
    [...schemas].flatMap(([name, schema]) => {
      const kind = findKind(schema)
      return kind === undefined ? [] : [[`${kebab(name)}.schema.json`, describe(schema, kind)] as const]
    }),
  )
}

/** All exported schemas by their names, in order. */
async function readSchemas(): Promise<ReadonlyMap<string, z.ZodType>> {
  const files = globSync('*.ts', { cwd: documents }).sort()
  const modules: Record<string, unknown>[] = await Promise.all(
    files.map((file) => import(join(documents, file))),
  )
  return new Map(
    modules
      .flatMap((module) => Object.entries(module))
      .filter((entry): entry is [string, z.ZodType] => entry[1] instanceof z.ZodType),
  )
}

const kebab = (name: string): string => name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)

function findKind(schema: z.ZodType): unknown {
  const kind: unknown = schema instanceof z.ZodObject ? schema.shape.kind : undefined
  return kind instanceof z.ZodLiteral ? kind.value : undefined
}

function describe(schema: z.ZodType, kind: unknown): string {
  const {
    id: _,
    $schema,
    ...rest
  } = z.toJSONSchema(schema, {
    // Later versions may add properties: readers must not mind them.
    io: 'input',
    override: ({ jsonSchema }) => dropNoise(jsonSchema),
  })
  return `${JSON.stringify({ $schema, title: kind, ...rest }, undefined, 2)}\n`
}

/** What says more of JavaScript than of the document. */
function dropNoise(schema: z.core.JSONSchema.BaseSchema): void {
  delete schema.readOnly
  delete schema.id
  if (schema.minimum === Number.MIN_SAFE_INTEGER) delete schema.minimum
  if (schema.maximum === Number.MAX_SAFE_INTEGER) delete schema.maximum
}
