import assert from 'node:assert/strict'
import { fixtureText } from '@kubectl-checkpoint/test-support'
import { explainRestoreFailure } from '../../src/diagnosis/index.ts'
import { restoreLogFailures, restoreMessages } from '../../src/diagnosis/restore-failures/index.ts'

/** One line for each entry of the catalogue, as CRIU 4.2.1 prints it. */
const lines: Record<string, string> = {
  'restore-missing-mount': 'Error (criu/mount.c:3141): mnt: No mapping for 598:(null) mountpoint',
  'restore-other-file': 'Error (criu/files-reg.c:2221): File usr/bin/app has bad size 17 (expect 21)',
  'restore-missing-file':
    "Error (criu/files-reg.c:2330): Can't open file data/log on restore: No such file or directory",
  'restore-incomplete': 'Error (criu/protobuf.c:72): Unexpected EOF on (empty-image)',
  'restore-tcp': 'Error (criu/sk-inet.c:912): inet: Connected TCP socket in image',
  'restore-address':
    "Error (criu/sk-inet.c:1059): inet: Can't bind inet socket (id 45): Cannot assign requested address",
  'restore-port-taken':
    "Error (criu/sk-inet.c:1059): inet: Can't bind inet socket (id 45): Address already in use",
  'restore-cpu': 'Error (criu/arch/x86/cpu.c:240): CPU instruction capabilities do not match run time',
  'restore-architecture': 'Error (criu/cr-restore.c:1120): Core march mismatch 1',
  'restore-pid-taken': "Error (criu/cr-restore.c:1410): Can't fork for 7: File exists",
  'restore-security-module':
    'Error (criu/lsm.c:349): apparmor LSM specified but apparmor not supported by kernel',
}

/** What each entry is recognised by, in the words of a pod's status; recorded, but for those of CRI-O and of hooks. */
const messages: Record<string, string> = {
  'restore-undeclared-mounts':
    'restoring "registry.example/web:ck" expects following bind mounts defined (/cfg,/scratch)',
  'restore-signature-policy':
    'namespaced signature policy /etc/crio/policies/shop.json defined for pods in namespace shop; signature validation is not supported for container restore',
  'restore-off':
    'rpc error: code = Unknown desc = checkpoint restore via CreateContainer is disabled by configuration',
  'restore-no-status':
    'failed to read "status.dump": open /tmp/checkpoint1644575139/status.dump: no such file or directory',
  'restore-base-image-id': `failed to pull checkpoint base image sha256:${'a'.repeat(64)}: failed to resolve reference`,
  'restore-base-image': `failed to pull checkpoint base image localhost:5000/gone@sha256:${'b'.repeat(64)}: failed to resolve reference: not found`,
  'restore-image':
    'rpc error: code = NotFound desc = failed to pull and unpack image "localhost:5000/nothere:ck": failed to resolve image: localhost:5000/nothere:ck: not found',
  'restore-hook': 'OCI runtime restore failed: error running prestart hook #0: exit status 1',
  'restore-memory-limit':
    'failed to restore containerd task: failed to create shim task: OCI runtime restore failed: read unixpacket @->@: EOF',
  'restore-not-recognised': 'Error: no command specified',
  'restore-failed':
    'failed to restore containerd task: failed to create shim task: OCI runtime restore failed: criu failed: type RESTORE errno 0',
}

const idsOf = (text: string) => explainRestoreFailure(text)?.causes.map(({ id }) => id)

describe('explainRestoreFailure', () => {
  for (const { id, source } of restoreLogFailures) {
    it(`explains ${id} where the log is quoted`, () => {
      const line = lines[id] ?? assert.fail(`no sample line for ${id}`)
      assert.ok(line.startsWith(`Error (${source}:`), `${id}: the sample comes from ${source}`)
      const quoted = `container restore failed: criu failed: type RESTORE\n(00.012345) ${line}\n(00.013) Error (criu/cr-restore.c:2331): Restoring FAILED.`
      assert.deepEqual(idsOf(quoted), [id])
      assert.deepEqual(explainRestoreFailure(quoted)?.lines, [`(00.012345) ${line}`])
    })
  }

  for (const { id } of restoreMessages) {
    it(`explains ${id}`, () => {
      const { causes, lines } = explainRestoreFailure(messages[id] ?? '') ?? assert.fail(id)
      assert.deepEqual([causes.map((cause) => cause.id), lines], [[id], []])
    })
  }

  it('has no two entries of one id, and an entry for each sample', () => {
    assert.deepEqual(restoreLogFailures.map(({ id }) => id).sort(), Object.keys(lines).sort())
    assert.deepEqual(restoreMessages.map(({ id }) => id).sort(), Object.keys(messages).sort())
  })

  it('names what a message names: paths, the image, the policy', () => {
    const meaningOf = (id: string) => explainRestoreFailure(messages[id] ?? '')?.causes[0]?.meaning ?? ''
    assert.match(meaningOf('restore-undeclared-mounts'), /: \/cfg, \/scratch\.$/)
    assert.match(meaningOf('restore-base-image'), /localhost:5000\/gone@sha256:b+\.$/)
    assert.match(meaningOf('restore-signature-policy'), /\/etc\/crio\/policies\/shop\.json\.$/)
  })

  it('knows the line that counts in whole logs', () => {
    for (const [name, id] of [
      ['criu-restore-missing-core', 'restore-incomplete'],
      ['criu-restore-missing-mounts', 'restore-missing-mount'],
      ['criu-restore-no-service-account', 'restore-missing-mount'],
    ] as const) {
      const text = fixtureText(`logs/${name}.log`)
      assert.deepEqual(idsOf(text), [id], name)
      assert.equal(explainRestoreFailure(text)?.lines.length, 1, name)
    }
  })

  it('finds lines in what runc logs as JSON', () => {
    const line = `{"msg":"(00.022100) ${lines['restore-tcp']}","level":"error"}`
    assert.deepEqual(idsOf(line), ['restore-tcp'])
  })

  it('quotes lines that it does not know', () => {
    const line = 'Error (criu/new.c:7): the moon is in the wrong phase'
    const explanation = explainRestoreFailure(`criu failed: type RESTORE\n${line}`)
    assert.deepEqual(explanation?.causes[0]?.id, 'restore-failed')
    assert.deepEqual(explanation?.lines, [line])
  })

  it('has nothing to say of what is no failed restore', () => {
    assert.equal(explainRestoreFailure('Back-off restarting failed container app in pod web-0'), undefined)
    assert.equal(explainRestoreFailure('Error (exit code: 1): it said'), undefined)
  })
})
