import { execFile } from 'node:child_process'
import type { Credentials } from './credentials.ts'
import { RegistryError } from './errors.ts'
import type { RegistrySettings } from './settings.ts'

const timeoutMs = 30_000

/**
 * Asks `docker-credential-NAME`; undefined if it has nothing for this server.
 * @throws {RegistryError} REGISTRY_CREDENTIALS_FAILED
 * @see docker/docker-credential-helpers
 */
export async function askCredentialHelper(
  name: string,
  server: string,
  { env }: RegistrySettings,
): Promise<Credentials | undefined> {
  const program = `docker-credential-${name}`
  const { failure, output } = await run(program, server, env)
  if (failure && /credentials not found/i.test(output)) return undefined
  const answer = failure ? undefined : parseAnswer(output)
  if (!answer) {
    const reason = failure?.message ?? 'its answer is not understood'
    throw new RegistryError(
      'REGISTRY_CREDENTIALS_FAILED',
      `${program} gives no credentials for ${server}: ${reason}`,
      {
        hint: `Run it by hand: echo ${server} | ${program} get`,
        cause: failure,
      },
    )
  }
  if (answer.Secret === '') return undefined
  return answer.Username === '<token>'
    ? { kind: 'refresh-token', token: answer.Secret }
    : { kind: 'password', username: answer.Username, password: answer.Secret }
}

interface Run {
  readonly failure: Error | undefined
  readonly output: string
}

function run(program: string, input: string, env: RegistrySettings['env']): Promise<Run> {
  // A name from a file must not lead to another program than the folders of PATH have.
  if (/[/\\]/.test(program)) {
    return Promise.resolve({ failure: new Error('that is not the name of a program'), output: '' })
  }
  return new Promise((resolve) => {
    const child = execFile(program, ['get'], { env, timeout: timeoutMs }, (error, stdout) =>
      resolve({ failure: error ?? undefined, output: stdout }),
    )
    // One that doesn't read, or doesn't exist, says so by its end.
    child.stdin?.on('error', () => {}).end(input)
  })
}

function parseAnswer(text: string): { Username: string; Secret: string } | undefined {
  try {
    const { Username, Secret } = JSON.parse(text) as Record<string, unknown>
    return typeof Username === 'string' && typeof Secret === 'string' ? { Username, Secret } : undefined
  } catch {
    return undefined
  }
}
