import type { ReadOptions } from '../../bytes/index.ts'
import type { NamespacesDocument } from '../../documents/index.ts'
import {
  cgroupsImage,
  type IdRange,
  mountsImage,
  type NamespaceName,
  pidNamespaceImage,
  timeNamespaceImage,
  userNamespaceImage,
  utsNamespaceImage,
} from '../../formats/criu/index.ts'
import type { Archive, ReportUnreadable } from '../archive/index.ts'
import { type ImageReader, imageReader } from './image-reader.ts'
import { readNamespaceUse } from './namespace-use.ts'
import { readIpc } from './read-ipc.ts'
import { readNetwork } from './read-network.ts'
import { withoutAbsent } from './without-absent.ts'

/**
 * The namespaces of the container, and those that only some of its processes are in. Reads their images, and of each
 * process the one that says in which it is.
 */
export async function readNamespaces(
  archive: Archive,
  report: ReportUnreadable,
  options: ReadOptions = {},
): Promise<NamespacesDocument> {
  const images = imageReader(archive, report, options)
  const useOf = await readNamespaceUse(images)
  const ofFirst = async <Value>(name: NamespaceName, read: (id: number) => Promise<Value>) => {
    const { first } = useOf(name)
    return first === undefined ? undefined : read(first)
  }
  const nested: NamespacesDocument['nested'][number][] = []
  const addNested = async (
    name: NamespaceName,
    read: (id: number) => Promise<Omit<NamespacesDocument['nested'][number], 'processes'>>,
  ) => {
    for (const [id, processes] of useOf(name).nested)
      nested.push(withoutAbsent({ processes, ...(await read(id)) }))
  }
  await addNested('uts', async (id) => ({ uts: await readUts(images, id) }))
  await addNested('ipc', async (id) => ({ ipc: await readIpc(images, id) }))
  await addNested('net', async (id) => ({ net: await readNetwork(images, id) }))
  return withoutAbsent({
    uts: await ofFirst('uts', (id) => readUts(images, id)),
    ipc: await ofFirst('ipc', (id) => readIpc(images, id)),
    net: await ofFirst('net', (id) => readNetwork(images, id)),
    pid: await ofFirst('pid', (id) => readPid(images, id)),
    user: await ofFirst('user', (id) => readUser(images, id)),
    time: await readTime(images, useOf('time').first),
    mount: await ofFirst('mnt', (id) => countMounts(images, id)),
    cgroup: await findCgroupRoot(images),
    nested,
  })
}

async function readUts(images: ImageReader, id: number): Promise<NamespacesDocument['uts']> {
  const uts = await images.read(`utsns-${id}`, utsNamespaceImage)
  return uts && { hostname: uts.hostname, domainname: uts.domainName }
}

async function readPid(images: ImageReader, id: number): Promise<NamespacesDocument['pid']> {
  const pid = await images.read(`pidns-${id}`, pidNamespaceImage)
  return pid && withoutAbsent({ external: pid.externalKey })
}

async function readUser(images: ImageReader, id: number): Promise<NamespacesDocument['user']> {
  const user = await images.read(`userns-${id}`, userNamespaceImage)
  return user && { uidMap: user.uidMap.map(describeRange), gidMap: user.gidMap.map(describeRange) }
}

const describeRange = ({ inside, outside, count }: IdRange): string => `${inside} ${outside} ${count}`

/** Where the container has the node's, CRIU keeps its clocks under another number than the processes name. */
const nodeTimeNamespace = 0

async function readTime(images: ImageReader, id = nodeTimeNamespace): Promise<NamespacesDocument['time']> {
  const time =
    (await images.read(`timens-${id}`, timeNamespaceImage)) ??
    (await images.read(`timens-${nodeTimeNamespace}`, timeNamespaceImage))
  return (
    time && {
      monotonicSeconds: describeSeconds(time.monotonicNanoseconds),
      boottimeSeconds: describeSeconds(time.boottimeNanoseconds),
    }
  )
}

const nanosecondsPerSecond = 1_000_000_000n

/** A clock that was set back before the boot shows a negative time. */
function describeSeconds(nanoseconds: bigint): string {
  const amount = nanoseconds < 0n ? -nanoseconds : nanoseconds
  const fraction = String(amount % nanosecondsPerSecond).padStart(9, '0')
  return `${nanoseconds < 0n ? '-' : ''}${amount / nanosecondsPerSecond}.${fraction}`
}

async function countMounts(images: ImageReader, id: number): Promise<NamespacesDocument['mount']> {
  const mounts = await images.read(`mountpoints-${id}`, mountsImage)
  return mounts && { mounts: mounts.length }
}

/** A cgroup namespace has no image; the paths say how much of them lies outside of it. */
async function findCgroupRoot(images: ImageReader): Promise<NamespacesDocument['cgroup']> {
  const cgroups = await images.read('cgroup', cgroupsImage)
  const place = [...(cgroups?.sets.values() ?? [])].flat().find(({ outsideLength = 0 }) => outsideLength > 0)
  return place && { root: place.path.slice(0, place.outsideLength) }
}
