import type { Duplex } from 'node:stream'
import type { CheckpointErrorOptions } from '../../errors.ts'

export interface HttpRequest {
  readonly method: 'GET' | 'POST' | 'PATCH' | 'DELETE'
  /** Absolute path, its parts already percent-encoded: `/api/v1/namespaces/shop/pods`. */
  readonly path: string
  readonly query?: Readonly<Record<string, string | undefined>>
  /** Sent as JSON; with PATCH, as a merge patch. */
  readonly body?: unknown
  /** Called when the request goes out on a connection that stands: before that, nothing can have arrived. */
  readonly onSent?: () => void
  readonly signal?: AbortSignal
  /** Milliseconds for the whole exchange; 0 waits for ever. Default: the connection's request timeout. */
  readonly timeoutMs?: number
  /** Bytes of the answer; a longer one is refused. Default: 256 MiB. */
  readonly maxBodyLength?: number
}

/** A complete answer of whatever status: the caller decides what a 404 means. */
export interface HttpAnswer {
  readonly status: number
  /** Lower case, without parameters: `application/json`. */
  readonly contentType: string
  readonly body: string
  /** When to ask again, where the server says it in seconds. */
  readonly retryAfterSeconds?: number
}

export interface HttpSender {
  /** Scheme, host and port, for messages: `https://10.0.0.1:6443`. */
  readonly origin: string
  /** What to do about a right that is denied in these words, where somebody knows what it was for. */
  readonly explainDenial?: (words: string) => Pick<CheckpointErrorOptions, 'hint' | 'fix'> | undefined
  /**
   * Sends one request, once: never again after it may have been worked on.
   * @throws {ClusterError} UNREACHABLE, TLS_UNTRUSTED or CREDENTIALS_FAILED if it was not sent; CONNECTION_LOST or
   * REQUEST_TIMED_OUT if it may have been; API_FAILED if the answer is longer than 256 MiB.
   */
  send(request: HttpRequest): Promise<HttpAnswer>
}

export interface ExecRequest {
  readonly namespace: string
  readonly pod: string
  readonly container: string
  readonly command: readonly string[]
  readonly signal?: AbortSignal
}

/** How a command in a container ended. */
export interface ExecStatus {
  readonly exitCode: number
  readonly message: string
}

/** A command running in a container. Disposing of it closes the connection. */
export interface ExecSession extends AsyncDisposable {
  /**
   * Writes go to stdin, reads come from stdout, both with backpressure down to the socket: what isn't read isn't
   * received, and the status comes after the last of it. Ending it ends stdin, of which servers before Kubernetes
   * 1.30 cannot be told. Destroyed with the error of `status` if the command doesn't end by itself.
   */
  readonly stdio: Duplex
  /** The last 64 KiB of stderr so far. */
  stderr(): string
  /**
   * @throws {ClusterError} EXEC_LOST if the connection breaks first; EXEC_REFUSED if the command never ran: no such
   * program, no such container.
   */
  readonly status: Promise<ExecStatus>
}

/** Where and as whom requests go: a kubeconfig's context, with the overrides of the command line. */
export interface Connection extends HttpSender, AsyncDisposable {
  /** The namespace of `--namespace`, else of the context, else `default`. */
  readonly namespace: string
  /**
   * Runs a command in a container over one WebSocket.
   * @throws {ClusterError} UNAUTHORIZED, FORBIDDEN, OBJECT_NOT_FOUND or EXEC_REFUSED with the server's own words;
   *   UNREACHABLE; TLS_UNTRUSTED; CONNECTION_LOST; CREDENTIALS_FAILED.
   */
  exec(request: ExecRequest): Promise<ExecSession>
  /**
   * Sends requests elsewhere (a kubelet) with the same credentials. Each call opens connections of its own, so keep
   * the sender; it is closed with the connection.
   * @throws {ClusterError} IMPERSONATION_UNSUPPORTED; PROXY_INVALID.
   */
  direct(origin: string, tls: DirectTls, hints: ConnectHints): HttpSender
}

export interface DirectTls {
  /** PEM. Without it, the machine's own authorities count. */
  readonly certificateAuthority?: string
  readonly skipVerify?: boolean
}

/** The user's next step where no connection comes about: each kind of server has flags of its own. */
export interface ConnectHints {
  readonly unreachable: string
  /** The certificate is by an authority that isn't trusted, */
  readonly untrusted: string
  /** has expired, */
  readonly expired: string
  /** or is for another name. */
  readonly otherName: string
}
