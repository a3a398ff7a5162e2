import type { inet_sk_entry } from '../messages/sockets.ts'
import type { Message } from '../schema/index.ts'

type InetMessage = Message<typeof inet_sk_entry>

/** By their names in setsockopt(2); those that are off, or 0, are absent. */
export type SocketOptions = Readonly<Record<string, number | string | true>>

export function buildSocketOptions(
  options: InetMessage['opts'],
  tcp: InetMessage['tcp_opts'] = {},
): SocketOptions {
  const all = {
    SO_SNDBUF: options.so_sndbuf,
    SO_RCVBUF: options.so_rcvbuf,
    SO_REUSEADDR: options.reuseaddr,
    SO_REUSEPORT: options.so_reuseport,
    SO_KEEPALIVE: options.so_keepalive,
    SO_BROADCAST: options.so_broadcast,
    SO_PASSCRED: options.so_passcred,
    SO_PASSSEC: options.so_passsec,
    SO_DONTROUTE: options.so_dontroute,
    SO_NO_CHECK: options.so_no_check,
    SO_OOBINLINE: options.so_oobinline,
    SO_LINGER: options.so_linger,
    SO_PRIORITY: options.so_priority,
    SO_MARK: options.so_mark,
    SO_BINDTODEVICE: options.so_bound_dev,
    SO_ATTACH_FILTER: options.so_filter.length,
    TCP_NODELAY: tcp.nodelay,
    TCP_CORK: tcp.cork,
  }
  const isOn = (
    entry: [string, number | string | boolean | undefined],
  ): entry is [string, number | string | true] => Boolean(entry[1])
  return Object.fromEntries(Object.entries(all).filter(isOn))
}
