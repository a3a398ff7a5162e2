import type { ReadOptions } from '../../bytes/index.ts'
import { type Inventory, inventoryImage, readImage } from '../../formats/criu/index.ts'
import type { Archive } from '../archive/index.ts'

/**
 * What CRIU says of the dump as a whole.
 * @throws {ArchiveError} ENTRY_MISSING
 * @throws {CriuError} every code.
 */
export const readInventory = (archive: Archive, options: ReadOptions = {}): Promise<Inventory> =>
  readImage(inventoryImage, archive.image('inventory'), options)
