import type { Phase } from '@kubectl-checkpoint/core/actions'

/** What an item in a phase is doing, to be read after its name. */
export const phaseWords: Readonly<Record<Phase, string>> = {
  waiting: 'waiting',
  checkpointing: 'checkpointing',
  'reading-log': "reading CRIU's log",
  searching: 'looking for an archive on the node',
  'starting-reader': 'starting the reader pod',
  downloading: 'downloading',
  verifying: 'verifying',
  spooling: 'decompressing',
  examining: 'examining',
  extracting: 'extracting',
  'writing-image': 'writing the image',
  uploading: 'uploading',
  restoring: 'waiting until it is ready',
  deleting: 'deleting',
  pinning: 'changing its pin',
  done: 'done',
  failed: 'failed',
}
