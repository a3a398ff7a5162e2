import type { Engine } from './engine.ts'

/** Podman, as exported by `podman container checkpoint --export`. Its containers are in no cluster. */
export const podman: Engine = {
  name: 'podman',
  wrote: ({ annotations, has }) => annotations['io.container.manager'] === 'libpod' || has('network.status'),
  placement: () => ({}),
}
