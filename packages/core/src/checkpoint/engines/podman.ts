import type { Engine } from './engine.ts'
import type { JsonObject } from './json-object.ts'

/** Podman, as exported by `podman container checkpoint --export`. Its containers are in no cluster. */
export const podman: Engine = {
  name: 'podman',
  wrote: ({ annotations, has }) => annotations['io.container.manager'] === 'libpod' || has('network.status'),
  placement: () => ({}),
  logEntry: 'ctr.log',
  defaultCapabilities: [
    'CAP_CHOWN',
    'CAP_DAC_OVERRIDE',
    'CAP_FOWNER',
    'CAP_FSETID',
    'CAP_KILL',
    'CAP_NET_BIND_SERVICE',
    'CAP_SETFCAP',
    'CAP_SETGID',
    'CAP_SETPCAP',
    'CAP_SETUID',
    'CAP_SYS_CHROOT',
  ],
  particulars: ({ config, network }) => ({
    labels: config.object('labels').textsByKey(),
    ips: findIps(network),
    exposedPorts: findPorts(config),
  }),
}

/** Of `{NETWORK: {interfaces: {NAME: {subnets: [{ipnet: ADDRESS/PREFIX}]}}}}`. */
const findIps = (network: JsonObject): readonly string[] =>
  Object.keys(network.value).flatMap((name) => {
    const interfaces = network.object(name).object('interfaces')
    return Object.keys(interfaces.value).flatMap((key) =>
      interfaces
        .object(key)
        .objects('subnets')
        .flatMap((subnet) => subnet.text('ipnet')?.replace(/\/.*/, '') ?? []),
    )
  })

/** What the image exposes, `{PORT: [PROTOCOL]}`, and what was published: ranges of ports, with protocols in one text. */
function findPorts(config: JsonObject): readonly string[] {
  const exposed = config.object('exposedPorts')
  const ports = Object.keys(exposed.value).flatMap((port) =>
    exposed.texts(port).map((protocol) => `${port}/${protocol}`),
  )
  for (const mapping of config.objects('newPortMappings')) {
    const first = mapping.integer('container_port') ?? 0
    // No more than there are, whatever the range says.
    const last = Math.min(first + Math.max(mapping.integer('range') ?? 1, 1) - 1, 65_535)
    for (let port = Math.max(first, 1); port <= last; port += 1) {
      for (const protocol of (mapping.text('protocol') ?? 'tcp').split(',')) ports.push(`${port}/${protocol}`)
    }
  }
  return [...new Set(ports)]
}
