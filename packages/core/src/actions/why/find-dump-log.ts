/** Where each runtime leaves CRIU's log of a refused checkpoint, until the container is removed. */
const places: Readonly<Record<string, (id: string) => string>> = {
  // containerd's shim copies it out of CRIU's work folder when a checkpoint fails.
  containerd: (id) => `/run/containerd/io.containerd.runtime.v2.task/k8s.io/${id}/criu-dump.log`,
  // CRI-O has CRIU write it there, and removes it when a checkpoint succeeds.
  'cri-o': (id) => `/var/lib/containers/storage/overlay-containers/${id}/userdata/dump.log`,
}

/** The path of that log on the node of a container; undefined for what is no ID that a runtime makes. */
export function findDumpLog(containerID: string | undefined): string | undefined {
  const [, runtime = '', id = ''] = /^(containerd|cri-o):\/\/([0-9a-f]{64})$/.exec(containerID ?? '') ?? []
  return places[runtime]?.(id)
}
