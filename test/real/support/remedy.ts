import { clusterProgram } from './own-cluster.ts'
import { readProgram } from './process.ts'

/** The shell commands that an error on stderr ends with: `kubectl apply` with its heredoc, or lines of kubectl. */
export function readCommands(stderr: string): string {
  const heredoc = /^kubectl apply -f - <<'(\w+)'\n[\s\S]*?^\1$/m.exec(stderr)
  const [commands] = heredoc ?? /(?:^kubectl .*\n)+/m.exec(stderr) ?? []
  if (commands === undefined) throw new Error(`no command to repair it:\n${stderr}`)
  return commands
}

/** The file on a node that an error on stderr says to change, and what it shall contain. */
export function readNodeFile(stderr: string): { readonly path: string; readonly content: string } {
  const [, path, lines] = /^In (\/\S+) on the node:\n\n((?: {4}.*\n)+)/m.exec(stderr) ?? []
  if (path === undefined || lines === undefined) throw new Error(`no node's file to change:\n${stderr}`)
  return { path, content: lines.replaceAll(/^ {4}/gm, '') }
}

/** Runs shell commands as somebody would who pastes them, as the administrator of our own cluster. */
export async function runCommands(commands: string): Promise<void> {
  await readProgram('bash', ['-e', '-c', `kubectl() { ${clusterProgram} kubectl "$@"; }\n${commands}`])
}
