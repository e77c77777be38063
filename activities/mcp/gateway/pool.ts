import type { Client } from '@modelcontextprotocol/client';
import { minuteMs } from '../../../db/domain/time.ts';

export interface LiveTool {
  hash: string;
  /** Field messages of invalid arguments; null when they are valid. Unknown fields are invalid. */
  check(args: unknown): Promise<Record<string, string> | null>;
}

/** A session with one server, with one version of one tenant's credentials. */
export interface PooledSession {
  client: Client;
  /** Live definitions by tool name. */
  tools: ReadonlyMap<string, LiveTool>;
  /** Redacts the credentials from a result. */
  clean: <T>(value: T) => T;
  close(): Promise<void>;
}

const idleMs = 5 * minuteMs;
const most = 400;

/**
 * Open sessions, by tenant, server and version of the credentials: no two tenants ever share one, and changed
 * credentials get a new one. Idle and least recently used sessions are closed.
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
    /** Runs `work` with the session of this key, opened by `open` when there is none. */
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
        // A session that fails to open is removed, so that the next call tries again.
        entry.way.catch(() => ways.delete(key));
      }
      // Sessions are kept in the order of their last use.
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
