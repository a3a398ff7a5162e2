import type { SpecDocument, SpecMountDocument } from '../../documents/index.ts'
import { type JsonObject, jsonObject } from '../engines/index.ts'
import { describeLimits } from './describe-limits.ts'
import { isPrivileged } from './is-privileged.ts'

/**
 * What an OCI runtime specification says. What isn't as the OCI wants it is left out: runtimes are as generous.
 * @see https://github.com/opencontainers/runtime-spec/blob/main/config.md
 */
export function describeSpec(json: unknown): SpecDocument {
  const spec = jsonObject(json)
  const process = spec.object('process')
  const linux = spec.object('linux')
  const hostname = spec.text('hostname')
  const cwd = process.text('cwd')
  const rootfs = spec.object('root').text('path')
  const securityLabel = process.text('selinuxLabel') ?? process.text('apparmorProfile')
  const cgroupPath = linux.text('cgroupsPath')
  const user = describeUser(process.object('user'))
  const userMapping = {
    uidMap: linux.objects('uidMappings').map(describeIdRange),
    gidMap: linux.objects('gidMappings').map(describeIdRange),
  }
  return {
    ...(hostname === undefined ? {} : { hostname }),
    ...(user ? { user } : {}),
    args: process.texts('args'),
    env: process.texts('env'),
    ...(cwd === undefined ? {} : { cwd }),
    terminal: process.boolean('terminal'),
    ...(rootfs === undefined ? {} : { rootfs }),
    readonlyRootfs: spec.object('root').boolean('readonly'),
    privileged: isPrivileged(spec),
    noNewPrivileges: process.boolean('noNewPrivileges'),
    capabilities: process.object('capabilities').texts('bounding'),
    seccomp: linux.object('seccomp').text('defaultAction') !== undefined,
    ...(securityLabel === undefined ? {} : { securityLabel }),
    namespaces: linux.objects('namespaces').map(describeNamespace),
    ...(userMapping.uidMap.length > 0 ? { userMapping } : {}),
    mounts: spec.objects('mounts').flatMap(describeMount),
    devices: linux.objects('devices').map(describeDevice),
    maskedPaths: linux.texts('maskedPaths'),
    readonlyPaths: linux.texts('readonlyPaths'),
    sysctl: linux.object('sysctl').textsByKey(),
    ...(cgroupPath === undefined ? {} : { cgroupPath }),
    limits: describeLimits(spec),
    annotations: spec.object('annotations').textsByKey(),
  }
}

function describeUser(user: JsonObject): SpecDocument['user'] {
  const uid = user.integer('uid')
  const gid = user.integer('gid')
  if (uid === undefined || gid === undefined) return undefined
  return { uid, gid, additionalGids: user.integers('additionalGids') }
}

function describeNamespace(namespace: JsonObject): SpecDocument['namespaces'][number] {
  const path = namespace.text('path')
  return { type: namespace.text('type') ?? 'unknown', ...(path === undefined ? {} : { path }) }
}

function describeMount(mount: JsonObject): readonly SpecMountDocument[] {
  const destination = mount.text('destination')
  if (destination === undefined) return []
  const type = mount.text('type')
  const source = mount.text('source')
  return [
    {
      destination,
      ...(type === undefined ? {} : { type }),
      ...(source === undefined ? {} : { source }),
      options: mount.texts('options'),
    },
  ]
}

const describeIdRange = (range: JsonObject): string =>
  ['containerID', 'hostID', 'size'].map((key) => range.integer(key) ?? '?').join(' ')

const describeDevice = (device: JsonObject): string =>
  `${device.text('type') ?? '?'} ${device.integer('major') ?? '?'}:${device.integer('minor') ?? '?'} ${device.text('path') ?? ''}`
