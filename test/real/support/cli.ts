import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { CapturedCheckpoint } from '@kubectl-checkpoint/core/actions'
import { busyboxImage, isOwnCluster, kubeconfig } from './environment.ts'
import { type Ended, type ProgramOptions, type Running, startProgram } from './process.ts'

const program = fileURLToPath(
  new URL('../../../packages/kubectl-checkpoint/dist/kubectl-checkpoint.mjs', import.meta.url),
)

/** Where the command remembers checkpoints: for the time of the tests, not where the user's own are. */
const dataFolder = mkdtempSync(join(tmpdir(), 'kubectl-checkpoint-data-'))
process.on('exit', () => rmSync(dataFolder, { recursive: true }))

/** Starts the built command as the cluster's administrator, for tests that watch or interrupt it. */
export async function startCli(argv: readonly string[], options: ProgramOptions = {}): Promise<Running> {
  const env = {
    KUBECONFIG: await kubeconfig(),
    XDG_DATA_HOME: dataFolder,
    // On a cluster that isn't ours the command's own default must do, unless the environment says otherwise.
    ...(isOwnCluster && { KUBECTL_CHECKPOINT_READER_IMAGE: busyboxImage }),
    ...options.env,
  }
  return startProgram(process.execPath, [program, ...argv], { ...options, env })
}

/** Runs the built command to its end, whatever its exit code. */
export const cli = async (...argv: readonly string[]): Promise<Ended> => (await startCli(argv)).ended

/** The document that a command which must succeed prints for `-o json`. */
export async function readJson<Document>(
  argv: readonly string[],
  options?: ProgramOptions,
): Promise<Document> {
  const { code, stdout, stderr } = await (await startCli([...argv, '--output', 'json'], options)).ended
  if (code !== 0) throw new Error(`${argv.join(' ')}: exit code ${code}\n${stderr}`)
  return JSON.parse(stdout)
}

/** What `kubectl checkpoint TARGET… -o json` says of the checkpoints it took. */
export async function takeCheckpoints(...argv: readonly string[]): Promise<readonly CapturedCheckpoint[]> {
  return (await readJson<{ items: readonly CapturedCheckpoint[] }>(argv)).items
}
