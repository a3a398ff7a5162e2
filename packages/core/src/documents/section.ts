/** A part of an inspection that is read only where it is asked for; all others are always there. */
export type Section =
  | 'env'
  | 'files'
  | 'sockets'
  | 'mounts'
  | 'memory'
  | 'threads'
  | 'namespaces'
  | 'cgroups'
  | 'spec'
  | 'log'
  | 'stats'
