import type { Catalogue, CatalogueEntry } from '@kubectl-checkpoint/core/catalogue'

/** A catalogue that nobody else sees. */
export function memoryCatalogue(entries: CatalogueEntry[] = []): Catalogue {
  return {
    async record(entry) {
      entries.push(entry)
    },
    read: async (cluster) => entries.filter((entry) => entry.cluster === cluster),
  }
}
