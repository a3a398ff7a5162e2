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

const protocols = ['tcp', 'udp', 'sctp']
const lastPort = 65_535
// As many as there are, however often a crafted configuration names them.
const maxPorts = protocols.length * lastPort

/** What the image exposes, `{PORT: [PROTOCOL]}`, and what was published: ranges of ports, with protocols in one text. */
function findPorts(config: JsonObject): readonly string[] {
  const ports: string[] = []
  const exposed = config.object('exposedPorts')
  for (const port of Object.keys(exposed.value)) {
    ports.push(...protocols.filter((one) => exposed.texts(port).includes(one)).map((one) => `${port}/${one}`))
  }
  for (const mapping of config.objects('newPortMappings')) {
    const first = mapping.integer('container_port') ?? 0
    const last = Math.min(first + Math.max(mapping.integer('range') ?? 1, 1) - 1, lastPort)
    const named = (mapping.text('protocol') ?? 'tcp').split(',')
    for (let port = Math.max(first, 1); port <= last && ports.length < maxPorts; port += 1) {
      ports.push(...protocols.filter((one) => named.includes(one)).map((one) => `${port}/${one}`))
    }
  }
  return [...new Set(ports)]
}
