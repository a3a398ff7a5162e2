export type { CatalogueEntry, RefusedEntry, TakenEntry } from './catalogue-entry.ts'
export { type Catalogue, openCatalogue } from './open-catalogue.ts'
