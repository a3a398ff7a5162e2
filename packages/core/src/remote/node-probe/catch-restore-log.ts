import { type Inquiry, longestSection, type Sections } from './inquiry.ts'

/** What CRIU wrote when it failed to restore a container. */
export interface RestoreLogSight {
  /** Of the container, which is gone by now. */
  readonly containerId: string
  readonly text: string
}

/** What Kubernetes' probes wait for at most is more. */
const longestWaitSeconds = 25

/**
 * runc writes the log into a folder that containerd removes as soon as the restore has failed. A log held open is still
 * to be read then; the kubelet tries again soon, so that there is always a next one. Of which pod it is, the
 * specification tells that runc was given.
 */
const script = `
root=$1 uid=$3 seconds=$4
end=$(($(date +%s) + seconds))
seen=' '
for log in "$root"/var/lib/containerd/*/k8s.io/*/restore.log "$root"/var/lib/rancher/*/agent/containerd/*/k8s.io/*/restore.log; do
  seen="$seen$log "
done
while [ "$(date +%s)" -lt "$end" ]; do
  for log in "$root"/var/lib/containerd/*/k8s.io/*/restore.log "$root"/var/lib/rancher/*/agent/containerd/*/k8s.io/*/restore.log; do
    case $seen in *" $log "*) continue ;; esac
    seen="$seen$log "
    { exec 3<"$log"; } 2>/dev/null || continue
    folder=\${log%/restore.log}
    id=\${folder##*/}
    grep -q -s "$uid" "$root"/run/containerd/*/k8s.io/"$id"/config.json "$root"/run/k3s/containerd/*/k8s.io/"$id"/config.json || continue
    while [ -e "$log" ] && [ "$(date +%s)" -lt "$end" ]; do sleep 0.02 2>/dev/null || sleep 1; done
    echo "$id" | section id
    tail -c ${longestSection - 1} <&3 | section log
    break 2
  done
  sleep 0.02 2>/dev/null || :
done
`

/** Waits for CRIU's log of the next failing restore of a pod; undefined: there was none. @param uid Of the pod. */
export const catchRestoreLog = (uid: string): Inquiry<RestoreLogSight | undefined> => ({
  script,
  args: [uid, `${longestWaitSeconds}`],
  parse: parseRestoreLog,
})

function parseRestoreLog(sections: Sections): RestoreLogSight | undefined {
  const containerId = sections.get('id')?.trim()
  const text = sections.get('log')
  return containerId === undefined || text === undefined ? undefined : { containerId, text }
}
