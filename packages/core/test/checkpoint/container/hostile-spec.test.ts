import { deepEqual } from 'node:assert/strict'
import { openLocalFile } from '@kubectl-checkpoint/core/bytes'
import { type Archive, openArchive } from '@kubectl-checkpoint/core/checkpoint/archive'
import { readParticulars, readSpec } from '@kubectl-checkpoint/core/checkpoint/container'
import { findOddities } from '@kubectl-checkpoint/core/checkpoint/findings'
import { type FixtureName, fixture } from '@kubectl-checkpoint/test-support'
import fc from 'fast-check'
import { spec as specSchema } from '../../../src/documents/system.ts'

/** The same JSON with another value somewhere in it; which way leads there, `path` decides. */
function replaceSomewhere(json: unknown, path: readonly number[], value: unknown): unknown {
  const [step, ...rest] = path
  if (step === undefined || typeof json !== 'object' || json === null) return value
  const keys = Object.keys(json)
  const chosen = keys[step % Math.max(keys.length, 1)]
  if (chosen === undefined) return value
  const replace = (key: string, old: unknown) => (key === chosen ? replaceSomewhere(old, rest, value) : old)
  if (Array.isArray(json)) return json.map((old, index) => replace(String(index), old))
  return Object.fromEntries(Object.entries(json).map(([key, old]) => [key, replace(key, old)]))
}

const paths = fc.array(fc.nat(), { maxLength: 6 })

describe('what engines wrote, changed anywhere', () => {
  for (const name of ['containerd-miner', 'crio-miner', 'podman-counter'] satisfies FixtureName[]) {
    it(`of ${name} still makes a document, and rules that find something in it or nothing`, async () => {
      await using file = await openLocalFile(fixture(name))
      const archive = await openArchive(file)
      const attempt = async (changed: Archive) => {
        const unreadable: unknown[] = []
        const report = (part: unknown) => unreadable.push(part)
        const spec = await readSpec(changed, await readParticulars(changed, report), report)
        specSchema.parse(spec)
        findOddities({ processes: [], spec })
        deepEqual(unreadable, [])
      }
      await fc.assert(
        fc.asyncProperty(paths, fc.jsonValue(), async (path, value) => {
          await attempt({ ...archive, spec: replaceSomewhere(archive.spec, path, value) })
          await attempt({ ...archive, config: replaceSomewhere(archive.config, path, value) })
        }),
        { numRuns: 60 },
      )
    })
  }
})
