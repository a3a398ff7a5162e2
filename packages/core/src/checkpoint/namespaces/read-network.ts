import type { NetNamespaceDocument } from '../../documents/index.ts'
import {
  type NetworkNamespace,
  networkDevicesImage,
  networkNamespaceImage,
  parseInterfaceAddresses,
  parseRoutes,
  parseRules,
} from '../../formats/criu/index.ts'
import type { ImageReader } from './image-reader.ts'
import { withoutAbsent } from './without-absent.ts'

type Settings = NetworkNamespace['settings']

const firewalls = ['iptables', 'ip6tables', 'nftables'] as const

/** A network namespace: nothing but its key, where the pod has it and the restorer is given it again. */
export async function readNetwork(
  images: ImageReader,
  id: number,
): Promise<NetNamespaceDocument | undefined> {
  const net = await images.read(`netns-${id}`, networkNamespaceImage)
  if (!net) return undefined
  const devices = (await images.read(`netdev-${id}`, networkDevicesImage)) ?? []
  const addresses = Map.groupBy(
    (await images.readBytes(`ifaddr-${id}`, parseInterfaceAddresses)) ?? [],
    ({ interfaceIndex }) => interfaceIndex,
  )
  const names = new Map(devices.map(({ index, name }) => [index, name]))
  const nameInterface = (index: number) => names.get(index) ?? `if${index}`
  const routes = (image: string) =>
    images.readBytes(image, (bytes, where) => parseRoutes(bytes, where, nameInterface))
  const defaults = settingsOf('default', net.settings)
  return withoutAbsent({
    external: net.externalKey,
    interfaces: devices.map(({ isUp, masterIndex, settings, ...device }) => ({
      ...device,
      up: isUp,
      ...(masterIndex === undefined ? {} : { master: nameInterface(masterIndex) }),
      addresses: (addresses.get(device.index) ?? []).map(({ address }) => address),
      settings: findChanged(settingsOf(device.name, settings), defaults),
    })),
    routes: [...((await routes(`route-${id}`)) ?? []), ...((await routes(`route6-${id}`)) ?? [])],
    rules: (await images.readBytes(`rule-${id}`, parseRules)) ?? [],
    firewall: await readFirewalls(images, id),
    settings: net.settings,
  })
}

/** Settings of an interface, by their names without the interface's. */
const settingsOf = (device: string, settings: Settings): Settings =>
  Object.fromEntries(
    Object.entries(settings)
      .filter(([name]) => name.includes(`.conf.${device}.`))
      .map(([name, value]) => [name.replace(`conf.${device}.`, ''), value]),
  )

const findChanged = (settings: Settings, defaults: Settings): Settings =>
  Object.fromEntries(Object.entries(settings).filter(([name, value]) => defaults[name] !== value))

async function readFirewalls(images: ImageReader, id: number): Promise<NetNamespaceDocument['firewall']> {
  const rules: { name: (typeof firewalls)[number]; text: string }[] = []
  for (const name of firewalls) {
    const text = await images.readBytes(`${name}-${id}`, (bytes) => new TextDecoder().decode(bytes))
    if (text) rules.push({ name, text })
  }
  return rules
}
