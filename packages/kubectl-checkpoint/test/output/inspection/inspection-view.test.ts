import assert from 'node:assert/strict'
import type { Inspection } from '@kubectl-checkpoint/core/documents'
import {
  type InspectionResult,
  inspectionView,
  type Shown,
} from '../../../src/output/inspection/inspection-view.ts'
import { type ShownSection, sectionViews } from '../../../src/output/inspection/sections.ts'
import type { TextOptions } from '../../../src/output/view.ts'
import { sample } from './sample.ts'

const shown: Shown = {
  sections: undefined,
  ofProcesses: false,
  severalArchives: false,
  now: new Date('2026-11-23T18:00:00Z'),
}
const terminal: TextOptions = { wide: false, headers: true, width: 80, height: 24 }

const resultOf = (...inspections: readonly Inspection[]): InspectionResult => ({ inspections, failures: [] })
const show = (what: Partial<Shown> = {}, options: Partial<TextOptions> = {}, inspection = sample): string =>
  inspectionView({ ...shown, ...what }).toText(resultOf(inspection), { ...terminal, ...options })
const section = (
  name: ShownSection,
  options: Partial<TextOptions> = {},
  ofProcesses = false,
  inspection = sample,
): string =>
  show({ sections: [name], ofProcesses }, options, { ...inspection, unreadable: [], unknownImages: [] })
const lines = (...list: readonly string[]): string => list.map((line) => `${line}\n`).join('')

describe('the summary of an inspection', () => {
  it('says what this is, what runs, who listens, what is odd and what could not be read', () => {
    assert.equal(
      show(),
      lines(
        'Container:      app',
        'Pod:            shop/web-0',
        'Image:          registry.example/shop/app:1.4',
        'Engine:         containerd, io.containerd.runc.v2',
        'Created:        2026-11-23T09:12:44Z (8h ago)',
        'Checkpointed:   2026-11-23T10:00:00Z (8h ago)',
        'Archive:        ./checkpoint-web-0_shop-app-2026-11-23T10:00:00Z.tar',
        'Size:           17.2 MiB: memory 16 MiB, root filesystem diff 12 KiB',
        'Listening:      tcp 0.0.0.0:8000 by python3 (1)',
        '                udp 127.0.0.1:9000 by python3 (1)',
        '                tcp6 [::]:31337 by kdevtmpfsi (6), and 1 more: --sockets',
        '',
        'PID   COMM             ARGS',
        "1     python3          python3 /svc.py --greeting it's me",
        '6      \\_ kdevtmpfsi   /data/kinsing 31337 2',
        '9          \\_ sh       <defunct>',
        '',
        'SEVERITY   PID   FINDING',
        'high       6     /data/kinsing: The executable was deleted',
        'medium     6     kdevtmpfsi: The process goes by another name than its program',
        '… and 2 more: --findings',
        '',
        'could not be read: checkpoint/core-9.img ends too early (IMAGE_TRUNCATED)',
        'of a kind not known here: novelty, magic 0x12345678, 64 B',
      ),
    )
  })

  it('fits a terminal of 80 columns and 24 lines, however many processes and findings there are', () => {
    const [process] = sample.processes
    const [finding] = sample.findings
    assert.ok(process && finding)
    const text = show(
      {},
      {},
      {
        ...sample,
        processes: Array.from({ length: 500 }, (_, index) => ({ ...process, pid: index + 1 })),
        findings: Array.from({ length: 100 }, () => ({ ...finding, title: 'x'.repeat(200) })),
        unreadable: [],
        unknownImages: [],
      },
    ).trimEnd()
    assert.match(text, /^… and 497 more: --processes$/m)
    assert.match(text, /^… and 99 more: --findings$/m)
    assert.deepEqual(
      text.split('\n').filter((line) => line.length > 80),
      [],
    )
    assert.ok(text.split('\n').length < 24, text)
  })

  it('goes on below where a finding has no room beside its severity', () => {
    const [finding] = sample.findings
    assert.ok(finding)
    const title = 'A process bears the name of a thread of the kernel, which has no executable'
    const findings = [{ ...finding, title }]
    assert.match(
      show({}, {}, { ...sample, findings }),
      /^high {7}6 {5}\/data\/kinsing: A process bears the name of a thread of the\n {17}kernel, which has no executable$/m,
    )
    const evidence = ['word '.repeat(30).trim()]
    const text = section('findings', {}, false, { ...sample, findings: [{ ...finding, evidence }] })
    assert.match(text, /\n {4}(word ){14}word\n {4}(word ){14}word\n$/)
  })

  it('leaves nothing out in a pipe', () => {
    const text = show({}, { width: undefined, height: undefined })
    assert.doesNotMatch(text, / more: /)
    assert.match(text, /^ {16}unix \/tmp\/svc\.sock by python3 \(1\)$/m)
    assert.match(text, /^info {7}- {5}A service account token is mounted$/m)
  })

  it('breaks what could not be read between words', () => {
    const message = `checkpoint/core-9.img ${'ends too early '.repeat(8).trim()}`
    const unreadable = [{ entry: 'checkpoint/core-9.img', code: 'IMAGE_TRUNCATED', message }]
    const text = show({}, {}, { ...sample, unreadable })
    assert.match(text, /^could not be read: .* ends\n {2}too early .* too\n {2}early \(IMAGE_TRUNCATED\)$/m)
  })

  it('leaves nothing out with -o wide', () => {
    const text = show({}, { wide: true })
    assert.match(text, /^ {19}unix \/tmp\/svc\.sock by python3 \(1\)$/m)
    assert.match(text, /^Addresses: {9}10\.244\.1\.7$/m)
    assert.match(
      text,
      /^6 {5}1 {6}- {6}- {5}33 {4}33 {4}running .* \/data\/kinsing \(deleted\) {3}\/data\/kinsing 31337 2$/m,
    )
    assert.match(text, /^ {4}it was 2\.1 MiB long$/m)
  })

  it('does without what the archive does not say', () => {
    const text = show(
      {},
      {},
      {
        apiVersion: 'kubectl-checkpoint/v1',
        kind: 'Inspection',
        archive: { label: './images', size: 4096, kind: 'images', bytesRead: 10, reads: 1 },
        sizes: { memoryBytes: 0, imageBytes: 4096, rootfsDiffBytes: 0, volumeBytes: 0 },
        processes: [],
        findings: [],
        unknownImages: [],
        unreadable: [],
      },
    )
    assert.equal(
      text,
      lines(
        'Archive:   ./images',
        "Kind:      CRIU's images alone, without what an engine adds",
        'Size:      4 KiB',
        '',
        'none',
        '',
        'Nothing odd was found.',
      ),
    )
  })
})

describe('the sections of an inspection', () => {
  it('are shown alone and without a title, if it is one', () => {
    assert.equal(section('env'), lines('PID   VARIABLE', '1     PATH=/usr/bin', '1     DB_PASSWORD=hunter2'))
  })

  it('show a variable once that processes share', () => {
    const [parent] = sample.processes
    assert.ok(parent)
    const children = [7, 8, 9, 10, 11].map((pid) => ({ ...parent, pid, env: ['PATH=/usr/bin'] }))
    const family = { ...sample, processes: [parent, ...children], unreadable: [], unknownImages: [] }
    assert.equal(
      show({ sections: ['env'] }, { headers: false }, family),
      lines('1,7,8,9,10,…   PATH=/usr/bin', '1              DB_PASSWORD=hunter2'),
    )
    assert.match(show({ sections: ['env'] }, { wide: true }, family), /^1,7,8,9,10,11 {3}PATH=/m)
  })

  it('have titles, if there are several', () => {
    const text = show({ sections: ['env', 'mounts'] })
    assert.match(text, /^Environment\nPID {3}VARIABLE\n/)
    assert.match(text, /\n\nMounts\nMOUNT POINT /)
  })

  it('follow the overview, if all are asked for', () => {
    const text = show({ sections: 'all' })
    const titles = [
      'Container:',
      ...Object.values(sectionViews).map(({ title }) => title),
      'could not be read',
    ]
    const places = titles.map((title) => `\n\n${text}`.indexOf(`\n\n${title}`))
    assert.deepEqual(
      places,
      places.toSorted((a, b) => a - b),
    )
    assert.ok(!places.includes(-1), text)
  })

  it('show the state of processes', () => {
    assert.match(section('processes'), /^9 {5}6 {6}- {5}zombie {4}1 {9}.*\\_ sh {7}<defunct>$/m)
  })

  it('show threads, with -o wide their filters and registers', () => {
    assert.match(section('threads'), /^1 {5}7 {5}filter {4}fifo 10 {5}SIGUSR1 {3}acceptor$/m)
    assert.match(
      section('threads', { wide: true }),
      / filter {4}4\+12 .* SIGCHLD,SIGUSR2 {3}CAP_CHOWN {6}ip=0x401000 sp=0x7ffc00001000$/m,
    )
  })

  it('show open files as /proc names them, what waits in them, and how they are locked', () => {
    assert.equal(
      section('files'),
      lines(
        'PID   FD   TYPE      ACCESS   PATH',
        '1     0    device    r        /dev/null, flock read lock',
        '1     6    file      rw       /tmp/gone (deleted), posix write lock on 2-4',
        '1     7    pipe      r        pipe:[100260], 13 B waiting',
        '1     8    eventfd   -        anon_inode:[eventfd], open-file read lock on 10-',
      ),
    )
    assert.match(
      section('files', { wide: true }),
      / 4096 {7}8 KiB {3}O_APPEND,O_CLOEXEC {3}\/tmp\/gone \(deleted\), /,
    )
  })

  it('show the queues and ends of sockets, the ends whole on a narrow terminal, too', () => {
    const text = section('sockets', { width: 40 })
    assert.match(
      text,
      /^1 {5}13 {3}tcp {5}ESTABLISHED {3}17 {7}0 {8}10\.244\.1\.7:8000 {3}10\.244\.2\.9:51234$/m,
    )
    assert.match(text, /^1 {5}12 {3}unix {4}ESTABLISHED {3}- {8}- {8}100264 {12}100265$/m)
  })

  it('show mappings where processes are named or there is room', () => {
    assert.equal(
      section('memory'),
      lines(
        'PID   MAPPED      PRESENT   SHARED   PARENT   LAZY   COMM',
        '1     171.7 MiB   8.6 MiB   64 KiB   -        -      python3',
      ),
    )
    const mapping = /^1 {5}0x7f8cbf041000 {3}0x7f8cbf042000 {3}r--p .* \/tmp\/gone \(deleted\)$/m
    assert.match(section('memory', {}, true), mapping)
    assert.match(section('memory', { wide: true }), mapping)
  })

  it('show namespaces, with -o wide the rules of the firewall', () => {
    assert.match(
      section('namespaces'),
      /^Interfaces: {8}lo up 127\.0\.0\.1\/8\n {19}eth0 veth 0a:58:0a:f4:01:07 mtu 1450 down /m,
    )
    assert.match(section('namespaces'), /^Message queues: {4}0x4d3 \(1\), 1 messages, mode 0644, owner 0:0$/m)
    assert.match(section('namespaces', { wide: true }), /\n\nnftables:\ntable ip filter \{\n\}\n$/)
  })

  it('show mounts and control groups', () => {
    assert.match(
      section('mounts', { wide: true }),
      /^601 {3}598 {6}\/dev\/shm .* 2 KiB {5}shm {7}rw,nosuid$/m,
    )
    assert.match(
      section('cgroups', { wide: true }),
      /^cpu,cpuacct {3}1,6 {4}\/kubepods\/pod1\/0f2c {3}cpu\.shares=2$/m,
    )
  })

  it('show how the container was to be run', () => {
    const text = section('spec')
    assert.match(text, /^Limits: {14}memory 128 MiB\n {21}CPUs 0\.5$/m)
    assert.match(text, /^Namespaces: {10}pid network=\/proc\/4242\/ns\/net$/m)
    assert.doesNotMatch(text, /kcore/)
    assert.match(section('spec', { wide: true }), /^Masked paths: {8}\/proc\/kcore$/m)
  })

  it('show the log as kubectl logs does, escaped', () => {
    assert.equal(section('log'), lines('… the end of 68.4 KiB', 'listening on 8000', 'a \\x1b[2J warning'))
    assert.match(
      section('log', { wide: true }),
      /^2026-11-23T09:12:45\.000000001Z stdout listening on 8000$/m,
    )
  })

  it('show what the dump cost', () => {
    assert.match(section('stats'), /^Time frozen: {6}84\.0 ms\nPages scanned: {4}43945$/m)
  })

  it('show findings with their ids and evidence', () => {
    assert.match(
      section('findings'),
      /^high {2}deleted-executable {2}PID 6\n {2}The executable was deleted: \/data\/kinsing\n {4}exe is \/data\/kinsing \(deleted\)$/m,
    )
  })

  it('say so where there is nothing, but not without headers', () => {
    const { mounts, namespaces, cgroups, spec, log, stats, ...rest } = sample
    const empty = { ...rest, processes: [], findings: [], unreadable: [], unknownImages: [] }
    for (const name of Object.keys(sectionViews) as ShownSection[]) {
      assert.match(
        show({ sections: [name] }, {}, empty),
        /^(none\n)+(\nnone\n)?$|^nothing odd was found\n$/,
        name,
      )
      assert.equal(show({ sections: [name] }, { headers: false }, empty), '', name)
    }
  })
})

describe('a finding', () => {
  it('has its severity coloured where colours are wanted', () => {
    const options = { ...terminal, colours: true }
    const text = inspectionView(shown).toText(resultOf(sample), options)
    assert.ok(text.includes('\n\x1b[31mhigh\x1b[39m       6     /data/kinsing: '), text)
    assert.ok(text.includes('\n\x1b[33mmedium\x1b[39m     6     kdevtmpfsi: '), text)
    const section = inspectionView({ ...shown, sections: ['findings'] }).toText(resultOf(sample), options)
    assert.match(section, /^\x1b\[31mhigh\x1b\[39m {2}deleted-executable {2}PID 6\n/)
  })
})

describe('a process of an inspection', () => {
  it('is described when it is named and no section is', () => {
    const text = show({ ofProcesses: true })
    assert.match(text, /^PID: {17}1\n/)
    assert.match(text, /^Command: {13}python3 \/svc\.py --greeting 'it'\\''s me'$/m)
    assert.match(
      text,
      /\n\nPID: {10}6\nParent: {7}1\nName: {9}kdevtmpfsi\nExecutable: {3}\/data\/kinsing \(deleted\)\n/,
    )
    assert.match(text, /^User: {9}33, effective 0$/m)
    assert.match(text, /^Seccomp: {13}filter, 4 and 1 instructions$/m)
    assert.match(text, /^State: {5}zombie, exit code 3$/m)
  })

  it('has all its capabilities with -o wide', () => {
    assert.match(show({ ofProcesses: true }, { wide: true }), /^Ambient: {13}none$/m)
  })
})

describe('inspections of several archives', () => {
  const several = { ...shown, severalArchives: true }

  it('follow each other under the names of their archives', () => {
    const other = { ...sample, archive: { ...sample.archive, label: './other.tar' } }
    const text = inspectionView(several).toText(resultOf(sample, other), terminal)
    assert.match(text, /^==> \.\/checkpoint-web-0_.*\.tar <==\nContainer: /)
    assert.match(text, /\n\n==> \.\/other\.tar <==\nContainer: /)
  })

  it('are a list for programs, even if one only could be read', () => {
    assert.deepEqual(inspectionView(several).toDocument(resultOf(sample)), {
      apiVersion: 'kubectl-checkpoint/v1',
      kind: 'List',
      items: [sample],
      failures: [],
    })
  })
})

describe('an inspection of a hostile archive', () => {
  it('is bounded and on its lines, whatever texts are in it', () => {
    const text = `\x1b]0;x\x07\n\u202e${'x'.repeat(2 ** 20)}`
    const hostile = JSON.parse(
      JSON.stringify(sample, (key, value) =>
        typeof value === 'string' && !['state', 'severity', 'kind'].includes(key) ? 'TEXT' : value,
      ),
      (_, value) => (value === 'TEXT' ? text : value),
    )
    // The end of the log is shown as it is, and the action bounds it.
    hostile.log = undefined
    hostile.namespaces.net.firewall = []
    for (const options of [{ width: 80 }, { width: undefined, wide: true }]) {
      const shownText = show({ sections: 'all' }, options, hostile)
      assert.ok(shownText.length < 2 ** 20, `${shownText.length}`)
      assert.equal(/[\x1b\x07\u202e]/.test(shownText), false)
    }
  })
})

describe('the document of an inspection', () => {
  it('is the inspection itself', () => {
    assert.deepEqual(inspectionView(shown).toDocument(resultOf(sample)), sample)
  })

  it('has the archive as its name', () => {
    assert.deepEqual(inspectionView(shown).toNames(resultOf(sample)), [sample.archive.label])
  })
})
