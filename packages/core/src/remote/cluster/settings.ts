/** What kubectl's global flags of the same names say; absent or undefined means that a flag isn't given. */
export interface ConnectionOverrides {
  readonly context?: string | undefined
  readonly cluster?: string | undefined
  readonly user?: string | undefined
  readonly namespace?: string | undefined
  readonly server?: string | undefined
  readonly certificateAuthority?: string | undefined
  readonly insecureSkipTlsVerify?: boolean | undefined
  readonly tlsServerName?: string | undefined
  readonly token?: string | undefined
  readonly clientCertificate?: string | undefined
  readonly clientKey?: string | undefined
  readonly as?: string | undefined
  readonly asUid?: string | undefined
  readonly asGroups?: readonly string[] | undefined
  /** 0, the default, waits for ever. */
  readonly requestTimeoutMs?: number | undefined
}

/** Where a front end's environment comes in: nothing below reads it from the process. */
export interface ConnectionSettings {
  /** `--kubeconfig`: the only file that counts, and it must exist. */
  readonly kubeconfig?: string | undefined
  /** KUBECONFIG; HTTPS_PROXY, HTTP_PROXY, NO_PROXY; KUBERNETES_SERVICE_HOST and _PORT; all of it for plugins. */
  readonly env: Readonly<Record<string, string | undefined>>
  /** Holds `.kube/config`. */
  readonly homeDirectory: string
  readonly overrides?: ConnectionOverrides
  /** Where a pod finds its own token. Default: where Kubernetes mounts it. */
  readonly serviceAccountFolder?: string
}
