# shellcheck shell=bash disable=SC2034,SC2154
start "${own_all[@]}"

# Network devices of every kind, of which two reach out of the box.
in_box() { nsenter --target "$first" --net "$@"; }
ip link add outer0 type veth peer name eth0 netns "$first"
ip link add link outer0 name wide0 netns "$first" type macvlan mode bridge
ip link set outer0 up
in_box ip link add bridge0 type bridge
in_box ip link add inner0 type veth peer name inner1
in_box ip link set inner0 master bridge0
in_box ip address add 10.1.2.3/24 dev eth0
in_box ip -6 address add fd00:1::3/64 dev eth0 nodad
in_box ip link set eth0 up mtu 1400
in_box ip route add default via 10.1.2.1
in_box ip route add blackhole 10.9.0.0/16 table 7
in_box ip -6 route add fd00:2::/64 via fd00:1::1
in_box ip rule add from 10.1.2.0/24 lookup 7
in_box sysctl -q net.unix.max_dgram_qlen=77 net.ipv4.conf.eth0.rp_filter=2

# The rules make the kernel track connections: those of this one.
in_box iptables-legacy -A INPUT -p tcp --dport 8080 -m conntrack --ctstate NEW,ESTABLISHED -j ACCEPT
in_box iptables-legacy -t nat -A POSTROUTING -o eth0 -j MASQUERADE
in_box ip6tables-legacy -A OUTPUT -p udp -j DROP
in_box nft add table inet box
in_box nft add chain inet box input '{ type filter hook input priority 0; policy accept; }'
in_box nft add rule inet box input tcp dport 22 counter drop
in_box bash -c 'echo tracked >/dev/udp/127.0.0.1/5353'

dump --external 'veth[eth0]:outer0' --external 'macvlan[wide0]:outer0'
