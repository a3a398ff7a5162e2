/** Files among the images that have no magic word, by their names: what they are. */
const rawImages: readonly (readonly [RegExp, string])[] = [
  [/^pages-/, 'memory, whose places the page maps tell'],
  [/^tmpfs-(dev-)?\d+\.tar\.gz/, 'a compressed tar archive of the files of a tmpfs'],
  [/^ifaddr-/, 'addresses of network interfaces, as `ip addr save` writes them'],
  [/^route6?-/, 'routes, as `ip route save` writes them'],
  [/^rule-/, 'routing rules, as `ip rule save` writes them'],
  [/^ip6?tables-/, 'firewall rules, the text that `iptables-save` writes'],
  [/^nftables-/, 'firewall rules, the text that `nft list ruleset` writes'],
  [/^netns-(ct|exp)-/, 'connections that netfilter tracked, as netlink messages'],
]

/** What a file among the images is that is no sequence of messages, by its name without a folder. */
export const findRawImage = (name: string): string | undefined =>
  rawImages.find(([pattern]) => pattern.test(name))?.[1]
