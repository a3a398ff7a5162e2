// Sockets of every family and state that CRIU takes, with bytes waiting in them, and a tun device.
#include "must.h"
#include <arpa/inet.h>
#include <linux/filter.h>
#include <linux/if_packet.h>
#include <linux/if_tun.h>
#include <linux/netlink.h>
#include <linux/rtnetlink.h>
#include <linux/sock_diag.h>
#include <net/ethernet.h>
#include <net/if.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <sys/ioctl.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>

static void set(int socket, int level, int option, int value) {
  must(setsockopt(socket, level, option, &value, sizeof value));
}

static void *in4(const char *host, uint16_t port) {
  static struct sockaddr_in address;
  address = (struct sockaddr_in){.sin_family = AF_INET, .sin_port = htons(port)};
  inet_pton(AF_INET, host, &address.sin_addr);
  return &address;
}

static void *in6(const char *host, uint16_t port) {
  static struct sockaddr_in6 address;
  address = (struct sockaddr_in6){.sin6_family = AF_INET6, .sin6_port = htons(port)};
  inet_pton(AF_INET6, host, &address.sin6_addr);
  return &address;
}

#define IN4 sizeof(struct sockaddr_in)
#define IN6 sizeof(struct sockaddr_in6)

struct pair { int client, server; };

static struct pair connect_tcp(int listener, int family, void *address, socklen_t length) {
  struct pair pair;
  pair.client = (int)must(socket(family, SOCK_STREAM, 0));
  must(connect(pair.client, address, length));
  pair.server = (int)must(accept(listener, NULL, NULL));
  return pair;
}

static void hold_tcp(void) {
  int listener = (int)must(socket(AF_INET, SOCK_STREAM, 0));
  set(listener, SOL_SOCKET, SO_REUSEADDR, 1);
  set(listener, SOL_SOCKET, SO_REUSEPORT, 1);
  must(bind(listener, in4("127.0.0.1", 8080), IN4));
  must(listen(listener, 5));

  // Bytes wait in both directions; what the server sent out of order of its window stays in its own queue.
  struct pair busy = connect_tcp(listener, AF_INET, in4("127.0.0.1", 8080), IN4);
  set(busy.client, SOL_SOCKET, SO_KEEPALIVE, 1);
  set(busy.client, IPPROTO_TCP, TCP_KEEPIDLE, 120);
  set(busy.client, IPPROTO_TCP, TCP_NODELAY, 1);
  must(write(busy.client, "TO-THE-SERVER", 13));
  must(write(busy.server, "TO-THE-CLIENT-1", 15));

  // A peer that takes nothing any more: what exceeds its window waits here.
  struct pair full = {.client = (int)must(socket(AF_INET, SOCK_STREAM | SOCK_NONBLOCK, 0))};
  int narrow = (int)must(socket(AF_INET, SOCK_STREAM, 0));
  set(narrow, SOL_SOCKET, SO_RCVBUF, 2048);
  must(bind(narrow, in4("127.0.0.1", 8081), IN4));
  must(listen(narrow, 1));
  must(fcntl(full.client, F_SETFL, 0));
  must(connect(full.client, in4("127.0.0.1", 8081), IN4));
  full.server = (int)must(accept(narrow, NULL, NULL));
  must(fcntl(full.client, F_SETFL, O_NONBLOCK));
  char bytes[8192];
  for (size_t i = 0; i < sizeof bytes; i++) bytes[i] = (char)('A' + i % 26);
  must(write(full.client, bytes, sizeof bytes));

  // FIN_WAIT2 and CLOSE_WAIT.
  struct pair half = connect_tcp(listener, AF_INET, in4("127.0.0.1", 8080), IN4);
  must(write(half.client, "LAST-WORDS", 10));
  must(shutdown(half.client, SHUT_WR));

  int listener6 = (int)must(socket(AF_INET6, SOCK_STREAM, 0));
  set(listener6, IPPROTO_IPV6, IPV6_V6ONLY, 1);
  must(bind(listener6, in6("::1", 8443), IN6));
  must(listen(listener6, 5));
  struct pair six = connect_tcp(listener6, AF_INET6, in6("::1", 8443), IN6);
  must(write(six.client, "OVER-IPV6", 9));

  // Neither bound nor connected, and bound only.
  must(socket(AF_INET, SOCK_STREAM, 0));
  int bound = (int)must(socket(AF_INET, SOCK_STREAM, 0));
  must(bind(bound, in4("127.0.0.1", 9000), IN4));
}

static void hold_udp(void) {
  int bound = (int)must(socket(AF_INET, SOCK_DGRAM, 0));
  set(bound, SOL_SOCKET, SO_BROADCAST, 1);
  set(bound, SOL_SOCKET, SO_PRIORITY, 3);
  must(bind(bound, in4("0.0.0.0", 5353), IN4));
  int connected = (int)must(socket(AF_INET, SOCK_DGRAM, 0));
  must(connect(connected, in4("127.0.0.1", 5353), IN4));
  int six = (int)must(socket(AF_INET6, SOCK_DGRAM, 0));
  must(setsockopt(six, SOL_SOCKET, SO_BINDTODEVICE, "lo", 3));
  must(bind(six, in6("::1", 5354), IN6));
  int lite = (int)must(socket(AF_INET, SOCK_DGRAM, IPPROTO_UDPLITE));
  must(bind(lite, in4("127.0.0.1", 5355), IN4));
}

static void *un(const char *path, size_t length) {
  static struct sockaddr_un address;
  address = (struct sockaddr_un){.sun_family = AF_UNIX};
  memcpy(address.sun_path, path, length);
  return &address;
}

#define UN(path) un(path, sizeof(path) - 1), sizeof(sa_family_t) + sizeof(path) - 1

static void send_descriptor(int socket, int descriptor) {
  char control[CMSG_SPACE(sizeof descriptor)] = {0};
  struct iovec text = {.iov_base = "A-DESCRIPTOR", .iov_len = 12};
  struct msghdr message = {.msg_iov = &text, .msg_iovlen = 1, .msg_control = control, .msg_controllen = sizeof control};
  struct cmsghdr *header = CMSG_FIRSTHDR(&message);
  *header = (struct cmsghdr){.cmsg_level = SOL_SOCKET, .cmsg_type = SCM_RIGHTS, .cmsg_len = CMSG_LEN(sizeof descriptor)};
  memcpy(CMSG_DATA(header), &descriptor, sizeof descriptor);
  must(sendmsg(socket, &message, 0));
}

static void hold_unix(void) {
  int stream[2], packets[2], datagrams[2];
  must(socketpair(AF_UNIX, SOCK_STREAM, 0, stream));
  set(stream[0], SOL_SOCKET, SO_SNDBUF, 16384);
  must(write(stream[1], "STREAM-MARKER", 13));
  must(shutdown(stream[1], SHUT_RD));
  must(socketpair(AF_UNIX, SOCK_SEQPACKET, 0, packets));
  must(write(packets[0], "packet one", 10));
  must(write(packets[0], "packet two", 10));
  must(socketpair(AF_UNIX, SOCK_DGRAM, 0, datagrams));
  int sent = (int)must(open("/etc/motd", O_RDONLY));
  send_descriptor(datagrams[1], sent);
  close(sent);

  int listener = (int)must(socket(AF_UNIX, SOCK_STREAM, 0));
  must(bind(listener, UN("/var/listener.sock")));
  must(chmod("/var/listener.sock", 0660));
  must(listen(listener, 3));
  int client = (int)must(socket(AF_UNIX, SOCK_STREAM, 0));
  set(client, SOL_SOCKET, SO_PASSCRED, 1);
  must(connect(client, UN("/var/listener.sock")));
  must(accept(listener, NULL, NULL));
  // An abstract name, a name relative to the working folder, and one that was deleted.
  int abstract = (int)must(socket(AF_UNIX, SOCK_DGRAM, 0));
  must(bind(abstract, UN("\0abstract-name")));
  int relative = (int)must(socket(AF_UNIX, SOCK_DGRAM, 0));
  must(chdir("/var"));
  must(bind(relative, UN("relative.sock")));
  int deleted = (int)must(socket(AF_UNIX, SOCK_SEQPACKET, 0));
  must(bind(deleted, UN("/var/deleted.sock")));
  must(listen(deleted, 1));
  must(unlink("/var/deleted.sock"));
}

static void hold_others(void) {
  // Of a group in which nothing happens: CRIU takes no netlink socket with messages waiting.
  int routes = (int)must(socket(AF_NETLINK, SOCK_RAW, NETLINK_ROUTE));
  must(bind(routes, (struct sockaddr *)&(struct sockaddr_nl){.nl_family = AF_NETLINK, .nl_groups = RTMGRP_TC}, sizeof(struct sockaddr_nl)));
  must(socket(AF_NETLINK, SOCK_DGRAM, NETLINK_SOCK_DIAG));

  int packets = (int)must(socket(AF_PACKET, SOCK_RAW, htons(ETH_P_ALL)));
  struct sockaddr_ll lo = {.sll_family = AF_PACKET, .sll_protocol = htons(ETH_P_ALL), .sll_ifindex = (int)if_nametoindex("lo")};
  must(bind(packets, (struct sockaddr *)&lo, sizeof lo));
  struct packet_mreq all = {.mr_ifindex = lo.sll_ifindex, .mr_type = PACKET_MR_PROMISC};
  must(setsockopt(packets, SOL_PACKET, PACKET_ADD_MEMBERSHIP, &all, sizeof all));
  struct tpacket_req ring = {.tp_block_size = 4096, .tp_block_nr = 1, .tp_frame_size = 2048, .tp_frame_nr = 2};
  int ringed = (int)must(socket(AF_PACKET, SOCK_DGRAM, 0));
  must(setsockopt(ringed, SOL_PACKET, PACKET_RX_RING, &ring, sizeof ring));
  struct sock_filter drop[] = {BPF_STMT(BPF_RET | BPF_K, 0)};
  struct sock_fprog program = {.len = 1, .filter = drop};
  int filtered = (int)must(socket(AF_INET, SOCK_DGRAM, 0));
  must(setsockopt(filtered, SOL_SOCKET, SO_ATTACH_FILTER, &program, sizeof program));

  int tun = (int)must(open("/dev/net/tun", O_RDWR));
  must(ioctl(tun, TUNSETIFF, &(struct ifreq){.ifr_name = "tun0", .ifr_flags = IFF_TUN | IFF_NO_PI}));
}

int main(void) {
  hold_tcp();
  hold_udp();
  hold_unix();
  hold_others();
  say_ready();
  wait_for_ever();
}
