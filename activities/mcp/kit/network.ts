import { lookup as lookUp } from 'node:dns';
import { BlockList, isIP, type LookupFunction } from 'node:net';
import { Agent, buildConnector, type Dispatcher } from 'undici';

/** Loopback, private and reserved networks: a host that a tenant names must not resolve there. @see RFC 6890. */
const inside = new BlockList();
for (const [network, bits] of [
  ['0.0.0.0', 8],
  ['10.0.0.0', 8],
  ['100.64.0.0', 10],
  ['127.0.0.0', 8],
  ['169.254.0.0', 16],
  ['172.16.0.0', 12],
  ['192.0.0.0', 24],
  ['192.0.2.0', 24],
  ['192.88.99.0', 24],
  ['192.168.0.0', 16],
  ['198.18.0.0', 15],
  ['198.51.100.0', 24],
  ['203.0.113.0', 24],
  ['224.0.0.0', 3],
] as const) {
  inside.addSubnet(network, bits, 'ipv4');
}
for (const [network, bits] of [
  ['::', 127],
  ['64:ff9b::', 96],
  ['100::', 64],
  ['2001::', 23],
  ['2001:db8::', 32],
  ['2002::', 16],
  ['fc00::', 7],
  ['fe80::', 10],
  ['ff00::', 8],
] as const) {
  inside.addSubnet(network, bits, 'ipv6');
}

/** Whether an IP address is in a private or reserved network, also as an IPv4-mapped IPv6 address. */
export function isInside(address: string): boolean {
  const mapped = /^::ffff:(\d+\.\d+\.\d+\.\d+)$/i.exec(address)?.[1];
  if (mapped) return inside.check(mapped, 'ipv4');
  const family = isIP(address);
  if (/^::ffff:/i.test(address)) return true;
  return family === 0 || inside.check(address, family === 6 ? 'ipv6' : 'ipv4');
}

export const forbiddenHostCode = 'EHOSTFORBIDDEN';

function forbidden(host: string): NodeJS.ErrnoException {
  return Object.assign(new Error(`${host} leads into a private network`), { code: forbiddenHostCode });
}

/** Resolves a name and refuses it when any of its addresses is private; the checked address is the one used. */
const guardedLookup: LookupFunction = (host, options, done) => {
  lookUp(host, { ...options, all: true }, (error, addresses) => {
    if (error) return done(error, '', 0);
    if (addresses.length === 0 || addresses.some(({ address }) => isInside(address))) {
      return done(forbidden(host), '', 0);
    }
    if (options.all) return done(null, addresses as never);
    const [first] = addresses;
    done(null, first!.address, first!.family);
  });
};

const timesMs = {
  connectTimeout: 10_000,
  headersTimeout: 60_000,
  bodyTimeout: 60_000,
  keepAliveTimeout: 15_000,
};

/**
 * Connections to one vendor with one tenant's credentials; never shared between tenants. `guarded` refuses private
 * networks at connect time, which defeats DNS rebinding.
 */
export function openConnections({ guarded }: { guarded: boolean }): Dispatcher & { close(): Promise<void> } {
  if (!guarded) return new Agent({ ...timesMs, connections: 16 });
  const connect = buildConnector({ timeout: timesMs.connectTimeout, lookup: guardedLookup });
  return new Agent({
    ...timesMs,
    connections: 16,
    connect(options, callback) {
      // An IP address is never looked up.
      const host = options.hostname.replace(/^\[|\]$/g, '');
      if (isIP(host) !== 0 && isInside(host)) return callback(forbidden(host), null);
      connect(options, callback);
    },
  });
}
