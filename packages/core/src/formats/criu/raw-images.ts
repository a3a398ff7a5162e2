/** Files among the images that have no magic word, by their names: what they are. */
const rawImages: readonly (readonly [RegExp, string])[] = [
  [/^pages-\d+$/, 'memory, whose places the page maps tell'],
  [/^tmpfs-(dev-)?\d+\.tar\.gz$/, 'a compressed tar archive of the files of a tmpfs'],
  [/^ifaddr6?-\d+$/, 'addresses of network interfaces, as `ip addr save` writes them'],
  [/^route6?-\d+$/, 'routes, as `ip route save` writes them'],
  [/^rule-\d+$/, 'routing rules, as `ip rule save` writes them'],
  [/^ip6?tables-\d+$/, 'firewall rules, the text that `iptables-save` writes'],
  [/^nftables-\d+$/, 'firewall rules, the text that `nft list ruleset` writes'],
  [/^netns-(ct|exp)-\d+$/, 'connections that netfilter tracked, as netlink messages'],
]

/** What a file among the images is that is no sequence of messages, by its name without a folder, `.img` or not. */
export const findRawImage = (name: string): string | undefined =>
  rawImages.find(([pattern]) => pattern.test(name.replace(/\.img$/, '')))?.[1]
