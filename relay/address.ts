/** Client addresses: whose they are behind proxies, what a limit counts, and how much of one a log may keep. */

/**
 * The client's address. `X-Forwarded-For` counts only from the right, one entry for every proxy that is ours: what is
 * further left was written by whoever sent the request. A list shorter than that did not come through our proxies.
 */
export function clientAddress(socketAddress: string, forwardedFor: string | undefined, trustedHops: number): string {
  if (trustedHops === 0 || forwardedFor === undefined) return plain(socketAddress);
  const entries = forwardedFor.split(',').map((entry) => entry.trim());
  const entry = entries.at(-trustedHops);
  return entry !== undefined && /^[0-9a-fA-F:.]{2,45}$/.test(entry) ? plain(entry) : plain(socketAddress);
}

/** What a rate limit counts as one client: an IPv4 address, or the /64 that an IPv6 host moves freely in. */
export function limitKey(address: string): string {
  return address.includes(':') ? network(address, 4) : address;
}

/** /24 for IPv4, /48 for IPv6: enough to see a pattern, too little to name a person. */
export function shortAddress(address: string): string {
  const bare = plain(address);
  if (bare.includes(':')) return `${network(bare, 3)}/48`;
  const parts = bare.split('.');
  return parts.length === 4 ? `${parts.slice(0, 3).join('.')}.0/24` : 'unknown';
}

/** IPv4 written as IPv6 (`::ffff:192.0.2.1`, how a dual-stack socket reports it) is IPv4. */
function plain(address: string): string {
  return address.replace(/^::ffff:(?=\d+\.\d+\.\d+\.\d+$)/i, '');
}

/** The first `groups` of an IPv6 address, with the rest zero. */
function network(address: string, groups: number): string {
  const [head = '', tail] = address.split('%')[0]!.toLowerCase().split('::');
  const left = head.split(':').filter(Boolean);
  const right = (tail ?? '').split(':').filter(Boolean);
  const middle =
    tail === undefined ? [] : Array.from({ length: Math.max(0, 8 - left.length - right.length) }, () => '0');
  const all = [...left, ...middle, ...right].slice(0, groups).map((group) => group.replace(/^0+(?=.)/, ''));
  return `${all.join(':')}::`;
}
