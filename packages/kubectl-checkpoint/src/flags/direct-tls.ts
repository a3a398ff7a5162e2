import { readFile } from 'node:fs/promises'
import type { DirectTls } from '@kubectl-checkpoint/core/remote/cluster'
import { UsageError } from '../usage-error.ts'
import type { CaptureFlags } from './capture.ts'

/**
 * How kubelets are trusted; undefined unless they are asked directly.
 * @throws {UsageError} if the authority's file can't be read.
 */
export async function readDirectTls(
  flags: Pick<CaptureFlags, 'direct' | 'kubelet-certificate-authority' | 'kubelet-insecure-tls'>,
): Promise<DirectTls | undefined> {
  if (!flags.direct) return undefined
  const path = flags['kubelet-certificate-authority']
  return {
    ...(path === undefined ? {} : { certificateAuthority: await readAuthority(path) }),
    ...(flags['kubelet-insecure-tls'] ? { skipVerify: true } : {}),
  }
}

async function readAuthority(path: string): Promise<string> {
  return await readFile(path, 'utf8').catch((cause: Error) => {
    throw new UsageError(`--kubelet-certificate-authority: ${cause.message}`)
  })
}
