export interface Version {
  readonly major: number
  readonly minor: number
  readonly patch?: number
}

/** The first two or three numbers of `v1.36.3-gke.100`, `2.1.9+unknown`, `Version: 3.16`. */
export function parseVersion(text: string): Version | undefined {
  const [, major, minor, patch] = /(\d{1,5})\.(\d{1,5})(?:\.(\d{1,5}))?/.exec(text) ?? []
  if (major === undefined || minor === undefined) return undefined
  return { major: Number(major), minor: Number(minor), patch: Number(patch ?? 0) }
}

export function isAtLeast(version: Version, other: Version): boolean {
  const parts = ({ major, minor, patch = 0 }: Version) => [major, minor, patch]
  const [a, b] = [parts(version), parts(other)]
  const first = a.findIndex((part, index) => part !== b[index])
  return first < 0 || Number(a[first]) > Number(b[first])
}
