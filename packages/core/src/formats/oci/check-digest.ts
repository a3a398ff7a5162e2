import { OciError } from './errors.ts'

/** @throws {OciError} BLOB_MISMATCH unless the bytes have this digest. */
export function checkDigest(bytes: Uint8Array, digest: string, where: string): void {
  // Loaded here: most archives are no images.
  const { createHash } = process.getBuiltinModule('node:crypto')
  const [algorithm = '', expected] = digest.split(':')
  const found = createHash(algorithm).update(bytes).digest('hex')
  if (found === expected) return
  throw new OciError('BLOB_MISMATCH', `${where}: its digest is not ${digest}`, {
    hint: 'The image was damaged on its way, or tampered with.',
  })
}
