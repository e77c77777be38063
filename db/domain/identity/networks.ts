import ipaddr from 'ipaddr.js';
import { z } from 'zod';

type Range = ReturnType<typeof ipaddr.parseCIDR>;

/** An address or a network (`10.0.0.7`, `10.0.0.0/8`, `2001:db8::/32`); null for anything else. */
function rangeOf(text: string): Range | null {
  const [address = '', bits, more] = text.split('/');
  if (more !== undefined || !ipaddr.isValid(address)) return null;
  // Short forms such as "10.1" mean something else to each reader.
  if (!address.includes(':') && !ipaddr.IPv4.isValidFourPartDecimal(address)) return null;
  const parsed = ipaddr.parse(address);
  const most = parsed.kind() === 'ipv4' ? 32 : 128;
  const length = bits === undefined ? most : /^\d{1,3}$/.test(bits) ? Number(bits) : Number.NaN;
  return length <= most ? [parsed, length] : null;
}

/** The network as it is stored: its first address and its length, `10.0.0.0/8`. Null for what is none. */
export function canonicalNetwork(text: string): string | null {
  const range = rangeOf(text);
  if (!range) return null;
  const cidr = `${range[0].toString()}/${range[1]}`;
  const network =
    range[0].kind() === 'ipv4'
      ? ipaddr.IPv4.networkAddressFromCIDR(cidr)
      : ipaddr.IPv6.networkAddressFromCIDR(cidr);
  return `${network.toString()}/${range[1]}`;
}

/** An address as it is compared: IPv4 that arrived over IPv6 is IPv4. Null for what is none. */
export function plainAddress(ip: string | undefined): string | null {
  return ip !== undefined && ipaddr.isValid(ip) ? ipaddr.process(ip).toString() : null;
}

/** Whether an address is in one of the networks. */
export function isWithin(networks: readonly string[], ip: string | undefined): boolean {
  const address = plainAddress(ip);
  if (address === null) return false;
  const parsed = ipaddr.parse(address);
  return networks.some((network) => {
    const range = rangeOf(network);
    return range !== null && range[0].kind() === parsed.kind() && parsed.match(range);
  });
}

const most = 100;

/** A list of networks: texts, or one text with a network per line. Stored in canonical form, each once. */
export const networkList = z
  .union([z.string().max(8_000), z.array(z.string().max(100))])
  .transform((given) =>
    (typeof given === 'string' ? given.split(/[\s,]+/) : given).map((one) => one.trim()).filter(Boolean),
  )
  .transform((entries, context) => {
    const networks = entries.map((entry) => {
      const network = canonicalNetwork(entry);
      if (network === null)
        context.addIssue({
          code: 'custom',
          message: `“${entry.slice(0, 60)}” is no address or network. Write 203.0.113.7, 10.0.0.0/8 or 2001:db8::/32.`,
        });
      return network;
    });
    if (networks.length > most) context.addIssue({ code: 'custom', message: `At most ${most} networks.` });
    return [...new Set(networks.filter((one) => one !== null))];
  });
