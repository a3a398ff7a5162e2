import type { KubeletEndpoint } from './endpoint.ts'

/**
 * Has `count` connections to `endpoint` stand idle for the next seconds, so that as many calls can go out at one
 * moment: what keeps calls apart are handshakes. Costs one round trip. What fails, fails again with the calls.
 */
export async function warmUp(
  { sender }: KubeletEndpoint,
  count: number,
  signal?: AbortSignal,
): Promise<void> {
  const question = { method: 'GET', path: '/version', ...(signal && { signal }) } as const
  await Promise.allSettled(Array.from({ length: count }, () => sender.send(question)))
}
