import { z } from 'zod'
import { byteCount, list } from './parts.ts'

export const mount = z.object({
  mountPoint: z.string(),
  type: z.string(),
  source: z.string().optional(),
  root: z.string().optional().describe('The folder of the source that is mounted.'),
  options: list(z.string()),
  propagation: z.string().optional(),
  external: z
    .string()
    .optional()
    .describe("The key under which the runtime puts it in again; its contents aren't in the archive."),
  contentBytes: byteCount.optional().describe('Of a tmpfs whose contents are in the archive.'),
  id: z.int().optional(),
  parentId: z.int().optional(),
})

export const networkInterface = z.object({
  name: z.string(),
  index: z.int().optional(),
  type: z.string().optional(),
  mac: z.string().optional(),
  mtu: z.int().optional(),
  up: z.boolean().optional(),
  addresses: list(z.string()),
})

export const namespaces = z.object({
  uts: z.object({ hostname: z.string(), domainname: z.string() }).optional(),
  ipc: z
    .object({
      sharedMemory: list(
        z.object({
          key: z.string(),
          id: z.int(),
          sizeBytes: byteCount,
          mode: z.string(),
          uid: z.int(),
          gid: z.int(),
        }),
      ),
      messageQueues: list(
        z.object({
          key: z.string(),
          id: z.int(),
          mode: z.string(),
          uid: z.int(),
          gid: z.int(),
          messages: list(z.object({ type: z.string(), sizeBytes: byteCount, preview: z.string() })),
        }),
      ),
      semaphores: list(
        z.object({
          key: z.string(),
          id: z.int(),
          mode: z.string(),
          uid: z.int(),
          gid: z.int(),
          values: list(z.int()),
        }),
      ),
      settings: z.record(z.string(), z.unknown()),
    })
    .optional(),
  net: z
    .object({
      external: z
        .string()
        .optional()
        .describe('The key of a network namespace that is not in the archive: the pod has it.'),
      interfaces: list(networkInterface),
      routes: list(z.string()).describe('As `ip route` shows them.'),
      rules: list(z.string()),
      firewall: list(z.object({ name: z.enum(['iptables', 'ip6tables', 'nftables']), text: z.string() })),
      settings: z.record(z.string(), z.unknown()),
    })
    .optional(),
  pid: z.object({ external: z.string().optional() }).optional(),
  user: z
    .object({ uidMap: list(z.string()), gidMap: list(z.string()) })
    .optional()
    .describe('INSIDE OUTSIDE COUNT, as in /proc/PID/uid_map.'),
  time: z.object({ monotonicOffset: z.string(), boottimeOffset: z.string() }).optional(),
  mount: z.object({ mounts: z.int().describe('How many; the section `mounts` has them.') }).optional(),
  cgroup: z.object({ external: z.string().optional() }).optional(),
})

export const cgroup = z.object({
  controllers: list(z.string()),
  path: z.string(),
  processes: list(z.int()),
  properties: z.record(z.string(), z.string()),
})

export const spec = z.object({
  hostname: z.string().optional(),
  user: z.object({ uid: z.int(), gid: z.int(), additionalGids: list(z.int()) }).optional(),
  args: list(z.string()),
  env: list(z.string()),
  cwd: z.string().optional(),
  terminal: z.boolean(),
  readonlyRootfs: z.boolean(),
  privileged: z.boolean().describe('Judged by its capabilities, devices, masked paths and seccomp.'),
  noNewPrivileges: z.boolean(),
  capabilities: list(z.string()).describe('The bounding set.'),
  seccomp: z.boolean().describe('Whether a profile is set.'),
  securityLabel: z.string().optional(),
  namespaces: list(z.object({ type: z.string(), path: z.string().optional() })),
  mounts: list(
    z.object({
      destination: z.string(),
      type: z.string().optional(),
      source: z.string().optional(),
      options: list(z.string()),
    }),
  ),
  limits: z
    .record(z.string(), z.unknown())
    .describe('Memory in bytes, CPU, pids, as the OCI specification has them.'),
  annotations: z.record(z.string(), z.string()),
  labels: z.record(z.string(), z.string()).optional(),
  status: z
    .record(z.string(), z.unknown())
    .optional()
    .describe('What the engine knew of the container: status, status.dump.'),
  exposedPorts: list(z.string())
    .optional()
    .describe('PORT/PROTOCOL that the image or pod declares, if the archive says so.'),
  bindMounts: list(z.record(z.string(), z.unknown())).optional(),
  network: z.unknown().optional().describe("Podman's network.status."),
})

export const log = z.object({
  entry: z.string(),
  sizeBytes: byteCount,
  text: z.string().describe('The end of it, if it is long.'),
  truncated: z.boolean(),
})

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
