import { parseCriuLog } from './criu-log.ts'
import { type CriuExplanation, explainErrors } from './explain-criu-log.ts'
import { restoreLogFailures } from './restore-failures/index.ts'

/**
 * Says why a restore failed, out of CRIU's log of it.
 * @param findMountPoint Where the checkpoint had the mount of that ID: the log names mounts that are missing by it alone.
 */
export function explainRestoreLog(
  text: string,
  findMountPoint: (id: number) => string | undefined,
): CriuExplanation {
  const explanation = explainErrors(parseCriuLog(text), restoreLogFailures)
  const missing = [...text.matchAll(/mnt: No mapping for (\d+):/g)].flatMap(
    ([, id]) => findMountPoint(Number(id)) ?? [],
  )
  const paths = [...new Set(missing)].join(', ')
  const causes = explanation.causes.map((cause) =>
    cause.id === 'restore-missing-mount' && paths !== ''
      ? { ...cause, meaning: `${cause.meaning} It was mounted at ${paths}.` }
      : cause,
  )
  return { ...explanation, causes }
}
