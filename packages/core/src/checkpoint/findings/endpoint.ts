/** An address and port of a socket. */
export interface Endpoint {
  /** Without brackets. */
  readonly address: string
  readonly port: number
}

/** Of `10.0.0.1:80` or `[::1]:80`. */
export function parseEndpoint(text: string | undefined): Endpoint | undefined {
  const [, address, port] = /^\[?([^\]]*)\]?:(\d+)$/.exec(text ?? '') ?? []
  return address === undefined ? undefined : { address, port: Number(port) }
}

export const isLoopback = ({ address }: Endpoint): boolean =>
  address === '::1' || /^(::ffff:)?127\./.test(address)
