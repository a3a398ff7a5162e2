import { deepEqual } from 'node:assert/strict'
import type { Inspection, ProcessDocument } from '@kubectl-checkpoint/core/documents'
import {
  toldLink,
  toldMapping,
  toldMore,
  toldProcess,
  toldSockets,
  trueLink,
  trueMappings,
  trueMore,
  trueProcess,
  trueSockets,
} from './compare.ts'
import { inspectAll, subjects } from './subjects.ts'
import { readTruth } from './truth.ts'

for (const [name, locate] of Object.entries(subjects)) {
  describe(`what is told of ${name}`, () => {
    const truth = readTruth(name)
    const processes = truth.processes.toSorted((a, b) => a.pid - b.pid)
    let told: Inspection
    let toldProcesses: readonly ProcessDocument[]
    before(async () => {
      told = await inspectAll(locate())
      toldProcesses = told.processes.toSorted((a, b) => a.pid - b.pid)
    })

    it('has all processes, as /proc had them', () => {
      deepEqual(toldProcesses.map(toldProcess), processes.map(trueProcess))
    })

    // The truth of archives, which is older, doesn't tell.
    if (processes.every(({ threadNames }) => threadNames)) {
      it('has their groups, sessions, states and names of threads', () => {
        deepEqual(toldProcesses.map(toldMore), processes.map(trueMore))
      })
    }

    it('has their descriptors with the targets of the links in /proc', () => {
      for (const [index, { pid, fds }] of processes.entries()) {
        const files = toldProcesses[index]?.files ?? []
        const links = fds.map((link, place) => trueLink(link, files[place]))
        deepEqual(files.map(toldLink), links, `of PID ${pid}`)
      }
    })

    it('has their mappings with permissions and paths', () => {
      for (const [index, { pid, maps }] of processes.entries()) {
        const mappings = toldProcesses[index]?.memory?.mappings ?? []
        deepEqual(mappings.map(toldMapping), trueMappings(maps), `of PID ${pid}`)
      }
    })

    it('has their sockets with endpoints and states', () => {
      deepEqual(toldSockets(told), trueSockets(truth))
    })

    it('is all that there is', () => {
      deepEqual([told.unreadable, told.unknownImages], [[], []])
    })
  })
}
