/** How images name an architecture, by how `uname -m` does; undefined for what no image can be of. */
export const imageArchitecture = (machine: string): string | undefined => architectures[machine]

/** @see GOARCH in the image specification, config.md */
const architectures: Readonly<Record<string, string>> = {
  x86_64: 'amd64',
  aarch64: 'arm64',
  arm: 'arm',
  ppc64le: 'ppc64le',
  s390x: 's390x',
  mips64: 'mips64le',
  loongarch64: 'loong64',
  riscv64: 'riscv64',
}
