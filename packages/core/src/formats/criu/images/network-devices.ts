import { imageTypes } from '../image-types.ts'
import { imageOfMany } from '../read-image.ts'
import { buildDeviceSettings, type Settings } from './network-settings.ts'

export interface NetworkDevice {
  readonly name: string
  readonly index: number
  readonly type: string
  readonly mtu: number
  readonly isUp: boolean
  /** `0a:58:0a:f4:01:0b`; the loopback device has none. */
  readonly mac?: string
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

/** `netdev-NS.img` */
export const networkDevicesImage = imageOfMany(
  imageTypes.NETDEV,
  ({ name, ifindex, type, mtu, flags, address, conf4, conf6 }): NetworkDevice => ({
    name,
    index: ifindex,
    type: types[type] ?? `type ${type}`,
    mtu,
    isUp: (flags & upFlag) !== 0,
    ...(address ? { mac: Buffer.from(address).toString('hex').match(/../g)?.join(':') ?? '' } : {}),
    settings: buildDeviceSettings(name, conf4, conf6),
  }),
)
