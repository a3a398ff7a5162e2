import type { Refusal } from '../refusal.ts'
import { describeTcpConnections } from '../tcp-connections.ts'

export const socketRefusals: readonly Refusal[] = [
  {
    id: 'tcp-established',
    match: /^inet: Connected TCP socket, consider using --tcp-established option/,
    meaning: 'The container has established TCP connections, which CRIU dumps only when told to.',
    hint:
      "Set tcp-established in CRIU's configuration on the node (documented at criu.org/TCP_connection), or " +
      'close the connections first. A restored connection works only if its other end is still there.',
    criuOptions: ['tcp-established'],
    details: describeTcpConnections,
    source: 'criu/sk-inet.c',
  },
  {
    id: 'tcp-in-flight',
    match: /^inet: In-flight connection/,
    meaning: 'A client was just connecting, and the container has not accepted the connection yet.',
    hint: 'Try again, or set skip-in-flight: such clients then see their connection refused and come again.',
    criuOptions: ['skip-in-flight'],
    source: 'criu/sk-inet.c',
  },
  {
    id: 'mptcp',
    match:
      /^inet: (?:Unsupported proto 262 for socket|For Go programs, consider using "GODEBUG=multipathtcp=0")/,
    meaning: 'The container uses Multipath TCP, which CRIU cannot dump.',
    hint: 'Start the program with plain TCP; for one written in Go, set GODEBUG=multipathtcp=0 in its environment.',
    source: 'criu/sk-inet.c',
  },
  {
    id: 'inet-protocol',
    match: /^inet: (?:Unsupported proto \d+ for socket|Can't dump \d+ inet socket)/,
    meaning: 'The container has a socket of a protocol that CRIU cannot dump, such as SCTP.',
    hint: 'Only TCP, UDP, UDP-Lite, ICMP and raw sockets can be dumped: close the others first.',
    source: 'criu/sk-inet.c',
  },
  {
    id: 'udp-corked',
    match: /^inet: Can't dump corked dgram socket/,
    meaning: 'A UDP socket holds a datagram that the program is still putting together.',
    hint: 'Try again: it lasts until the program sends the datagram.',
    source: 'criu/sk-inet.c',
  },
  {
    id: 'socket-family',
    match: /^sockets: BUG! Unknown socket collected \(family \d+\)/,
    meaning: 'The container has a socket of a family that CRIU cannot dump, such as vsock or Bluetooth.',
    hint: 'Close it first. CRIU dumps UNIX, IPv4, IPv6, packet and netlink sockets.',
    source: 'criu/sockets.c',
  },
  {
    id: 'unix-external',
    match: /^unix: External socket is used\. Consider using --ext-unix-sk option/,
    meaning: 'A UNIX socket of the container is connected to a process outside of it.',
    hint:
      'Close the connection first, for instance to a socket mounted from the node. ' +
      'For datagram sockets with a name, like /dev/log, setting ext-unix-sk is enough.',
    criuOptions: ['ext-unix-sk'],
    source: 'criu/sk-unix.c',
  },
  {
    id: 'unix-external-stream',
    match: /^unix: (?:Can't dump half of stream unix connection|Can't dump name-less external socket)/,
    meaning:
      'A UNIX socket connects the container to a process outside of it, and only half would be dumped.',
    hint: 'Close the connection first, for instance to a socket mounted from the node or shared in the pod.',
    source: 'criu/sk-unix.c',
  },
  {
    id: 'unix-peer',
    match: /^unix: Unix socket \d+ (?:without|with unreachable) peer \d+/,
    meaning: 'A UNIX socket of the container has its other end where CRIU cannot see it.',
    hint: 'Close connections to other containers of the pod and to the node first.',
    source: 'criu/sk-unix.c',
  },
  {
    id: 'netlink-data',
    match: /^netlink: The socket has data to read/,
    meaning: 'The kernel has sent the container a netlink message that it has not read yet.',
    hint: 'Try again in a moment.',
    source: 'criu/sk-netlink.c',
  },
]
