import { CriuError } from '../errors.ts'
import { imageTypes } from '../image-types.ts'
import { imageOf } from '../read-image.ts'
import { buildDeviceSettings, type Settings } from './network-settings.ts'

export interface NetworkDevice {
  readonly name: string
  readonly index: number
  readonly type: string
  readonly mtu: number
  readonly isUp: boolean
  /** `0a:58:0a:f4:01:0b`; the loopback device has none. */
  readonly mac?: string
  /** The index of the bridge that it is a port of. */
  readonly masterIndex?: number
  readonly settings: Settings
}

const types: Readonly<Record<number, string>> = {
  1: 'loopback',
  2: 'veth',
  3: 'tun',
  4: 'external',
  5: 'venet',
  6: 'bridge',
  7: 'macvlan',
  8: 'sit',
}

/** IFF_UP */
const upFlag = 1

// No one has as many in a container, and each comes with some seventy settings.
const maxDevices = 4096

/** `netdev-NS.img` */
export const networkDevicesImage = imageOf(imageTypes.NETDEV, (where) => {
  const devices: NetworkDevice[] = []
  return {
    add({ message: { name, ifindex, type, mtu, flags, address, master, conf4, conf6 } }) {
      if (devices.length === maxDevices) {
        throw new CriuError('IMAGE_TOO_LARGE', `${where}: more than ${maxDevices} network devices`)
      }
      devices.push({
        name,
        index: ifindex,
        type: types[type] ?? `type ${type}`,
        mtu,
        isUp: (flags & upFlag) !== 0,
        ...(address ? { mac: Array.from(address, formatByte).join(':') } : {}),
        ...(master === undefined ? {} : { masterIndex: master }),
        settings: buildDeviceSettings(name, conf4, conf6),
      })
    },
    end: (): readonly NetworkDevice[] => devices,
  }
})

const formatByte = (byte: number): string => byte.toString(16).padStart(2, '0')
