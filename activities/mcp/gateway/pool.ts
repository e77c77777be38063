import type { Client } from '@modelcontextprotocol/client';
import { minuteMs } from '../../../db/domain/time.ts';

export interface LiveTool {
  hash: string;
  /** Field messages of arguments that do not fit; null when they fit. Unknown fields do not. */
  check(args: unknown): Promise<Record<string, string> | null>;
}

/** A way to one server with one tenant's credentials of one version. */
export interface PooledSession {
  client: Client;
  /** Live definitions by tool name. */
  tools: ReadonlyMap<string, LiveTool>;
  /** Takes the credentials out of what comes back. */
  clean: <T>(value: T) => T;
  close(): Promise<void>;
}

const idleMs = 5 * minuteMs;
const most = 400;

/**
 * Open ways, by tenant, server and version of the credentials: no two tenants ever share one, and a changed credential
 * is a new one. The idle and the longest unused are closed.
 */
export function createPool() {
  const ways = new Map<string, { way: Promise<PooledSession>; usedMs: number; users: number }>();

  function drop(key: string): void {
    const entry = ways.get(key);
    if (!entry) return;
    ways.delete(key);
    void entry.way.then((way) => way.close()).catch(() => undefined);
  }

  function tidy(nowMs: number): void {
    for (const [key, { usedMs, users }] of ways) {
      if (users === 0 && (nowMs - usedMs > idleMs || ways.size > most)) drop(key);
    }
  }

  return {
    /** Runs `work` with the way of this key, opened by `open` where there is none. */
    async use<T>(
      key: string,
      open: () => Promise<PooledSession>,
      work: (way: PooledSession) => Promise<T>,
    ): Promise<T> {
      let entry = ways.get(key);
      if (!entry) {
        tidy(Date.now());
        entry = { way: open(), usedMs: Date.now(), users: 0 };
        ways.set(key, entry);
        // A way that does not open is forgotten, so that the next call tries again.
        entry.way.catch(() => ways.delete(key));
      }
      // Ways are kept in the order of their last use.
      ways.delete(key);
      ways.set(key, entry);
      entry.users += 1;
      try {
        return await work(await entry.way);
      } finally {
        entry.users -= 1;
        entry.usedMs = Date.now();
      }
    },
    drop,
    async close(): Promise<void> {
      const open = [...ways.values()];
      ways.clear();
      await Promise.allSettled(open.map(async ({ way }) => (await way).close()));
    },
  };
}
