import type { RoleManifest } from '@kubectl-checkpoint/core/actions'
import type { View } from './view.ts'

/** Roles and bindings, as kubectl takes them. */
export const roleManifestView: View<RoleManifest> = {
  toDocument: ({ objects }) => ({ apiVersion: 'v1', kind: 'List', items: objects }),
  toText: ({ yaml }) => yaml,
  toNames: ({ objects }) => objects.map(({ kind, metadata: { name } }) => `${kind.toLowerCase()}/${name}`),
}
