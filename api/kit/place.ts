import ipaddr from 'ipaddr.js';

/** How much of an address its network is: what one household or office shares, and one attacker has cheaply. */
const networkBits = { ipv4: 24, ipv6: 64 } as const;

/**
 * The network a request comes from, as limits count it: `198.51.100.0/24` or `2001:db8:1:2::/64`, the same for every
 * spelling of an address; `unknown` for what is no address.
 */
export function placeOf(ip: string | undefined): string {
  if (!ip || !ipaddr.isValid(ip)) return 'unknown';
  // An IPv4 address that came over an IPv6 socket (`::ffff:…`) is an IPv4 address.
  const address = ipaddr.process(ip);
  const bits = networkBits[address.kind()];
  const network = address.toByteArray().map((byte, at) => (at < bits / 8 ? byte : 0));
  return `${ipaddr.fromByteArray(network).toString()}/${bits}`;
}
