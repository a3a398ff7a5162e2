import { imageTypes } from '../image-types.ts'
import { imageOfOne } from '../read-image.ts'
import { buildDeviceSettings, buildSettings, type Settings } from './network-settings.ts'

export interface NetworkNamespace {
  /** The name under which the restorer is given a namespace that isn't in the dump. */
  readonly externalKey?: string
  readonly settings: Settings
}

/** `netns-ID.img` */
export const networkNamespaceImage = imageOfOne(
  imageTypes.NETNS,
  (net): NetworkNamespace => ({
    ...(net.ext_key === undefined ? {} : { externalKey: net.ext_key }),
    settings: {
      ...buildDeviceSettings('all', net.all_conf4, net.all_conf6),
      ...buildDeviceSettings('default', net.def_conf4, net.def_conf6),
      ...buildSettings('net.ipv4.', ['ping_group_range'], net.ipv4_sysctl),
      ...buildSettings('net.unix.', ['max_dgram_qlen'], net.unix_conf),
    },
  }),
)
