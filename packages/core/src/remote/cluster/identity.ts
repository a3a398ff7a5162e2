import type { Cluster, User } from './kubeconfig.ts'

export interface ClientCertificate {
  /** PEM. */
  readonly cert: string
  readonly key: string
}

/** As whom a request goes. */
export interface Identity {
  /** Value of the `authorization` header. For servers with TLS only. */
  readonly authorization?: string | undefined
  /** The same object until the certificate changes. */
  readonly certificate?: ClientCertificate | undefined
}

export interface Credentials {
  /** Before each request: what expires is renewed here. @throws {ClusterError} CREDENTIALS_FAILED */
  read(): Promise<Identity>
}

export interface UserOfCluster {
  readonly userName: string
  readonly user: User
  /** Told to plugins that ask for it. */
  readonly cluster: Cluster
  readonly env: Readonly<Record<string, string | undefined>>
}
