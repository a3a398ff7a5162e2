import { z } from 'zod'
import { byteCount, list } from './parts.ts'
import { limit } from './process.ts'

export const mount = z.object({
  mountPoint: z.string(),
  type: z.string(),
  source: z
    .string()
    .optional()
    .describe('What is mounted; of what comes from the node, its path there, if the archive knows it.'),
  root: z.string().optional().describe('The folder of the source that is mounted.'),
  options: list(z.string()),
  propagation: z
    .string()
    .optional()
    .describe('shared:N, master:N, as in /proc/PID/mountinfo; absent if private.'),
  external: z
    .string()
    .optional()
    .describe("The key under which the runtime puts it in again; its contents aren't in the archive."),
  contentBytes: byteCount
    .optional()
    .describe('Of a tmpfs whose contents are in the archive: what they take there, compressed.'),
  id: z.int().optional(),
  parentId: z.int().optional(),
  processes: list(z.int())
    .optional()
    .describe("Those that see it, if it isn't in the mount namespace of the first process."),
})

/** Who may use something of System V's. */
const ipcObject = {
  key: z.string().describe('In hexadecimal; 0x0 for IPC_PRIVATE.'),
  id: z.int(),
  mode: z.string().describe('In octal.'),
  uid: z.int(),
  gid: z.int(),
}

/** Values of /proc/sys, by their names as sysctl(8) takes them. */
const settings = z.record(z.string(), z.union([z.number(), z.string()]))

export const networkInterface = z.object({
  name: z.string(),
  index: z.int().optional(),
  type: z.string().optional().describe('loopback, veth, bridge, tun, macvlan …'),
  mac: z.string().optional(),
  mtu: z.int().optional(),
  up: z.boolean().optional(),
  master: z.string().optional().describe('The bridge that it is a port of.'),
  addresses: list(z.string()).describe('ADDRESS/PREFIX.'),
  settings: settings
    .optional()
    .describe("Where they differ from the namespace's defaults: net.ipv4.rp_filter."),
})

const utsNamespace = z.object({ hostname: z.string(), domainname: z.string() })

export const ipcNamespace = z.object({
  sharedMemory: list(z.object({ ...ipcObject, sizeBytes: byteCount })),
  messageQueues: list(
    z.object({
      ...ipcObject,
      messageCount: z.int(),
      messages: list(
        z.object({
          type: z.string(),
          sizeBytes: byteCount,
          preview: z.string().describe('Its first bytes as text; what is no text is a dot.'),
        }),
      ).describe('The first hundred.'),
    }),
  ),
  semaphores: list(z.object({ ...ipcObject, values: list(z.int()) })),
  settings,
})

export const netNamespace = z.object({
  external: z
    .string()
    .optional()
    .describe('The key of a network namespace that is not in the archive: the pod has it.'),
  interfaces: list(networkInterface),
  routes: list(z.string()).describe('As `ip route` shows them.'),
  rules: list(z.string()).describe('As `ip rule` shows them.'),
  firewall: list(
    z.object({ name: z.enum(['iptables', 'ip6tables', 'nftables']), text: z.string() }),
  ).describe("CRIU's own chain that kept connections still while it wrote may be among the rules."),
  settings,
})

export const namespaces = z
  .object({
    uts: utsNamespace.optional(),
    ipc: ipcNamespace.optional(),
    net: netNamespace.optional(),
    pid: z.object({ external: z.string().optional() }).optional(),
    user: z
      .object({ uidMap: list(z.string()), gidMap: list(z.string()) })
      .optional()
      .describe('INSIDE OUTSIDE COUNT, as in /proc/PID/uid_map.'),
    time: z
      .object({ monotonicSeconds: z.string(), boottimeSeconds: z.string() })
      .optional()
      .describe('What its clocks showed.'),
    mount: z.object({ mounts: z.int().describe('How many; the section `mounts` has them.') }).optional(),
    cgroup: z
      .object({
        root: z.string().describe("The folder of the node's hierarchies that processes see as the root."),
      })
      .optional(),
    nested: list(
      z.object({
        processes: list(z.int()),
        uts: utsNamespace.optional(),
        ipc: ipcNamespace.optional(),
        net: netNamespace.optional(),
      }),
    ).describe('Namespaces that only some processes are in.'),
  })
  .describe('Those of the first process.')

export const cgroup = z.object({
  controllers: list(z.string()).describe(
    '`name=systemd` for a hierarchy without one; empty for the unified one.',
  ),
  path: z.string().describe('As the node sees it.'),
  processes: list(z.int()),
  properties: z.record(z.string(), z.string()),
})

export const resourceLimits = z
  .object({
    memoryBytes: byteCount.optional(),
    memoryReservationBytes: byteCount
      .optional()
      .describe('What the kernel reclaims down to when memory is short.'),
    memoryAndSwapBytes: byteCount.optional(),
    cpus: z.number().optional().describe('Of how many processors the time may be used.'),
    cpuShares: z.int().optional().describe('Its weight against others, 1024 by default.'),
    cpuSet: z.string().optional().describe('The processors that it may run on: 0-3,7.'),
    memoryNodes: z.string().optional(),
    pids: z.int().optional(),
    hugePages: list(z.object({ pageSize: z.string(), bytes: byteCount })).optional(),
    oomScoreAdjustment: z.int().optional(),
    processLimits: list(limit).optional().describe("For each process, by setrlimit(2)'s names."),
  })
  .describe('What is not limited is absent.')

export const specMount = z.object({
  destination: z.string(),
  type: z.string().optional(),
  source: z.string().optional().describe('On the node, if it is a bind mount.'),
  options: list(z.string()),
})

/** JSON as an engine wrote it. */
const jsonObject = z.record(z.string(), z.unknown())

export const spec = z
  .object({
    hostname: z.string().optional(),
    user: z.object({ uid: z.int(), gid: z.int(), additionalGids: list(z.int()) }).optional(),
    args: list(z.string()),
    env: list(z.string()),
    cwd: z.string().optional(),
    terminal: z.boolean(),
    rootfs: z.string().optional().describe('Its folder on the node.'),
    readonlyRootfs: z.boolean(),
    privileged: z.boolean().describe('Judged by its capabilities, devices, masked paths and seccomp.'),
    noNewPrivileges: z.boolean(),
    capabilities: list(z.string()).describe('The bounding set.'),
    seccomp: z.boolean().describe('Whether a profile is set.'),
    securityLabel: z.string().optional(),
    namespaces: list(z.object({ type: z.string(), path: z.string().optional() })).describe(
      "The container's own; those with a path are shared with others, as with its pod. What isn't here is the node's.",
    ),
    userMapping: z
      .object({ uidMap: list(z.string()), gidMap: list(z.string()) })
      .optional()
      .describe('INSIDE OUTSIDE COUNT, as in /proc/PID/uid_map.'),
    mounts: list(specMount),
    devices: list(z.string()).describe('Of the node: TYPE MAJOR:MINOR PATH.'),
    maskedPaths: list(z.string()),
    readonlyPaths: list(z.string()),
    sysctl: z.record(z.string(), z.string()),
    cgroupPath: z.string().optional(),
    limits: resourceLimits,
    annotations: z.record(z.string(), z.string()),
    labels: z.record(z.string(), z.string()).optional().describe("The engine's or the pod's."),
    exposedPorts: list(z.string())
      .optional()
      .describe('PORT/PROTOCOL that the pod or image declares; absent where the archive does not say.'),
    status: z
      .record(z.string(), jsonObject)
      .optional()
      .describe(
        "containerd's `status` and `status.dump`, by these names, as it wrote them; times in nanoseconds are texts.",
      ),
    config: jsonObject
      .optional()
      .describe('`config.dump`, as the engine wrote it, without the specification in it.'),
    bindMounts: list(jsonObject).optional().describe("CRI-O's `bind.mounts`."),
    network: jsonObject.optional().describe("Podman's `network.status`."),
  })
  .describe('What the engine told the runtime of the container, and what it wrote beside that.')

export const logLine = z.object({
  time: z.string().optional().describe('As the engine wrote it, in RFC 3339.'),
  stream: z.enum(['stdout', 'stderr']).optional(),
  text: z.string(),
})

export const log = z
  .object({
    entry: z.string(),
    sizeBytes: byteCount,
    lines: list(logLine).describe('The last ones, if it is long. A line that the engine split is one again.'),
    truncated: z.boolean().describe('Whether there are earlier lines.'),
  })
  .describe('What the container wrote to its standard output and error.')

export const stats = z.object({
  freezingTimeMicroseconds: z.int().optional(),
  frozenTimeMicroseconds: z.int().optional(),
  memoryDumpTimeMicroseconds: z.int().optional(),
  memoryWriteTimeMicroseconds: z.int().optional(),
  irmapResolveMicroseconds: z.int().optional(),
  pagesScanned: z.int().optional(),
  pagesSkippedParent: z.int().optional(),
  pagesWritten: z.int().optional(),
  pagesLazy: z.int().optional(),
  pagePipes: z.int().optional(),
  pagePipeBuffers: z.int().optional(),
  sharedPagesScanned: z.int().optional(),
  sharedPagesSkippedParent: z.int().optional(),
  sharedPagesWritten: z.int().optional(),
})
