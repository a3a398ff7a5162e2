export { readCgroups } from './read-cgroups.ts'
export { readMounts } from './read-mounts.ts'
export { readNamespaces } from './read-namespaces.ts'
