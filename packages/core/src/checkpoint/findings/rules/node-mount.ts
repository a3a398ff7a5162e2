import { isWithin } from '../paths.ts'
import type { Rule } from '../rule.ts'
import { clip } from '../wording.ts'

const sockets = /\/(docker|containerd|crio|podman|cri-dockerd|dockershim)\.sock$/

/** Folders of a node by which one can take it over, and which of them only as a whole. */
const sensitive = ['/etc', '/root', '/boot', '/proc', '/sys', '/dev', '/var/lib/docker', '/var/lib/etcd']
const sensitiveAsWhole = [
  '/',
  '/usr',
  '/var',
  '/var/lib',
  '/var/log',
  '/run',
  '/var/run',
  '/home',
  '/lib',
  '/bin',
  '/sbin',
  '/opt',
]
const engines = [
  '/var/lib/kubelet',
  '/var/lib/containerd',
  '/var/lib/containers',
  '/run/containerd',
  '/run/crio',
]
/** What the kubelet and the engines put into ordinary containers, and volumes that engines keep by names. */
const ordinary =
  /^\/var\/lib\/kubelet\/pods\/[^/]+\/|^\/var\/lib\/(docker|containers\/storage)\/volumes\/[^/]+\/_data(\/|$)|^\/(var\/lib|run)\/(containerd|containers|crio)\/.*\/(resolv\.conf|hostname|hosts|shm|\.containerenv|secrets|userdata)(\/|$)/

function isSensitive(source: string): boolean {
  if (sockets.test(source)) return true
  if (ordinary.test(source)) return false
  return (
    sensitiveAsWhole.includes(source) || [...sensitive, ...engines].some((folder) => isWithin(source, folder))
  )
}

export const nodeMount: Rule = {
  id: 'node-mount',
  severity: 'high',
  title: 'A sensitive path of the node is mounted',
  *find({ spec }) {
    for (const { destination, source, type, options } of spec?.mounts ?? []) {
      const isBind = type === 'bind' || options.includes('bind') || options.includes('rbind')
      if (!isBind || source === undefined || !isSensitive(source)) continue
      const access = options.includes('ro') ? 'read-only' : 'writable'
      yield {
        place: destination,
        evidence: `${clip(source)} of the node is at ${clip(destination)}, ${access}`,
      }
    }
  },
}
