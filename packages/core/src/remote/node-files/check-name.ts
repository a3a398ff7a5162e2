import { NodeFilesError } from './errors.ts'

/**
 * Only names directly in the folder: the pod sees no other, and none that leads out of it is asked for.
 * @throws {NodeFilesError} NODE_FILE_NAME_INVALID
 */
export function checkName(label: string, name: string): void {
  if (name === '' || name === '.' || name === '..' || /[/\0]/.test(name)) {
    throw new NodeFilesError(
      'NODE_FILE_NAME_INVALID',
      `${label}: ${JSON.stringify(name)} is not a file name`,
      {
        hint: 'Name a file directly in the folder, without its path.',
      },
    )
  }
}
