import { lastDayBefore } from './deprecation.ts';
import type { ToolServer } from './servers.ts';

/** What tenants have to know about a server beside their connection. */
export type Lifecycle =
  | { kind: 'on' }
  /** Turned off by the platform; `since` is an ISO 8601 moment. */
  | { kind: 'turnedOff'; since: string | null }
  /** Deprecated, and usable until the end of `lastDay` (YYYY-MM-DD). */
  | { kind: 'ending'; lastDay: string; successor: string | null }
  | { kind: 'ended'; lastDay: string | null; successor: string | null };

/** The lifecycle of a server; `titleOf` gives the title of the one to use instead. */
export function lifecycleOf(
  server: Pick<ToolServer, 'status' | 'disabledAt' | 'offAt' | 'successor'>,
  titleOf: (name: string) => string = (name) => name,
): Lifecycle {
  const { status, disabledAt, offAt } = server;
  const successor = server.successor === null ? null : titleOf(server.successor);
  if (status === 'disabled') return { kind: 'turnedOff', since: disabledAt?.toISOString() ?? null };
  if (status === 'deprecated' && offAt) return { kind: 'ending', lastDay: lastDayBefore(offAt), successor };
  if (status === 'off' || status === 'removed')
    return { kind: 'ended', lastDay: offAt && lastDayBefore(offAt), successor };
  return { kind: 'on' };
}
