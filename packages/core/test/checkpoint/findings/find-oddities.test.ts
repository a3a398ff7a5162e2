import { deepEqual } from 'node:assert/strict'
import { memorySource, openLocalFile, readLocalFolder } from '@kubectl-checkpoint/core/bytes'
import { type Archive, openArchive, openArchiveFolder } from '@kubectl-checkpoint/core/checkpoint/archive'
import { readParticulars, readSpec } from '@kubectl-checkpoint/core/checkpoint/container'
import { readChangedPaths } from '@kubectl-checkpoint/core/checkpoint/filesystem'
import { findOddities } from '@kubectl-checkpoint/core/checkpoint/findings'
import { readMounts } from '@kubectl-checkpoint/core/checkpoint/namespaces'
import { readProcesses } from '@kubectl-checkpoint/core/checkpoint/process'
import { readTarIndex } from '@kubectl-checkpoint/core/formats/tar'
import { type FixtureName, fixture, type ImageSetName, imageSet } from '@kubectl-checkpoint/test-support'

async function findIn(archive: Archive): Promise<readonly string[]> {
  const report = () => {}
  const spec = await readSpec(archive, await readParticulars(archive, report), report)
  const findings = findOddities({
    processes: await readProcesses(archive, report),
    spec,
    mounts: await readMounts(archive, spec?.mounts ?? [], report),
    changedPaths: new Set((await readChangedPaths(archive, report)).keys()),
    defaultCapabilities: archive.engine?.defaultCapabilities,
  })
  return findings.map(({ id, severity, place, pids }) =>
    [
      severity,
      id,
      ...(place === undefined ? [] : [place]),
      ...(pids.length === 0 ? [] : [pids.join(',')]),
    ].join(' '),
  )
}

const miner = (child: number) => [
  `high kernel-thread-name /data/kinsing ${child}`,
  `medium misleading-name /data/kinsing ${child}`,
  'low undeclared-listener 31337/tcp 1',
  `low deleted-open-file /tmp/deleted.bin 1,${child}`,
]
const service = (child: number) => [
  `low undeclared-listener 5353/udp 1,${child}`,
  'low undeclared-listener 8000/tcp 1',
  `low deleted-open-file /tmp/gone 1,${child}`,
]
const kubernetes = [
  'info service-account-token /var/run/secrets/kubernetes.io/serviceaccount',
  'info no-seccomp',
]

const found: Readonly<Record<FixtureName, readonly string[]>> = {
  'containerd-miner': [...miner(7), ...kubernetes],
  'containerd-svc': [...service(8), ...kubernetes],
  'containerd-volumes': [...miner(7), ...kubernetes],
  'crio-miner': [...miner(6), ...kubernetes],
  'podman-counter': miner(6),
  'podman-pre-checkpoint': [],
  'podman-svc-tcp': service(7),
  'podman-with-previous': miner(6),
}

/** Of programs that do everything a process can: what is odd in them is meant. */
const foundInSets: Readonly<Partial<Record<ImageSetName, readonly string[]>>> = {
  external: [],
  sockets: ['medium raw-socket descriptor 34 of PID 1 1', 'medium raw-socket descriptor 35 of PID 1 1'],
}

describe('findOddities', () => {
  for (const [name, expected] of Object.entries(found)) {
    it(`finds in ${name} what is odd in it, and nothing else`, async () => {
      await using file = await openLocalFile(fixture(name as FixtureName))
      deepEqual(await findIn(await openArchive(file)), expected)
    })
  }
  for (const [name, expected] of Object.entries(foundInSets)) {
    it(`finds in the images of ${name} what is odd in them, and nothing else`, async () => {
      deepEqual(
        await findIn(await openArchiveFolder(await readLocalFolder(imageSet(name as ImageSetName)))),
        expected,
      )
    })
  }
  it('finds a program under the name of a thread of the kernel, and one that deleted itself', async () => {
    const findings = await findIn(await openArchiveFolder(await readLocalFolder(imageSet('processes'))))
    const withoutPids = findings.map((finding) => finding.replace(/( PID \d+)? \d+$/, ''))
    deepEqual(withoutPids, [
      'high kernel-thread-name /bin/processes',
      'high kernel-thread-name /tmp/gone',
      'high deleted-executable /tmp/gone',
      'high temporary-executable /tmp/gone',
      'medium misleading-name /bin/processes',
      'low stopped-process',
    ])
  })

  for (const name of ['containerd-miner', 'containerd-svc'] as const) {
    it(`finds nothing new in ${name} with any of its images overwritten`, async () => {
      await using file = await openLocalFile(fixture(name))
      const whole = await file.read(0, file.size)
      const expected = new Set((await findIn(await openArchive(file))).flatMap(eachPid))
      const { entries } = await readTarIndex(file)
      const images = entries.filter((entry) => entry.name.endsWith('.img') && !entry.name.includes('pages-'))
      for (const image of images) {
        const bytes = whole.slice().fill(0xff, image.offset + 12, image.offset + image.size)
        const found = (await findIn(await openArchive(memorySource(bytes)))).flatMap(eachPid)
        deepEqual([image.name, found.filter((finding) => !expected.has(finding))], [image.name, []])
      }
    })
  }
})

/** A finding of several processes, for each of them. */
function eachPid(finding: string): readonly string[] {
  const [pids = ''] = /[\d,]+$/.exec(finding) ?? []
  return pids.split(',').map((pid) => `${finding.slice(0, finding.length - pids.length)}${pid}`)
}
