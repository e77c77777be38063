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
  const sessions = new Map<string, { session: Promise<PooledSession>; usedMs: number; users: number }>();

  function drop(key: string): void {
    const entry = sessions.get(key);
    if (!entry) return;
    sessions.delete(key);
    void entry.session.then((session) => session.close()).catch(() => undefined);
  }

  function tidy(nowMs: number): void {
    for (const [key, { usedMs, users }] of sessions) {
      if (users === 0 && (nowMs - usedMs > idleMs || sessions.size > most)) drop(key);
    }
  }

  return {
    /** Runs `work` with the session of this key, opened by `open` when there is none. */
    async use<T>(
      key: string,
      open: () => Promise<PooledSession>,
      work: (session: PooledSession) => Promise<T>,
    ): Promise<T> {
      let entry = sessions.get(key);
      if (!entry) {
        tidy(Date.now());
        entry = { session: open(), usedMs: Date.now(), users: 0 };
        sessions.set(key, entry);
        // A session that fails to open is removed, so that the next call tries again.
        entry.session.catch(() => sessions.delete(key));
      }
      // Sessions are kept in the order of their last use.
      sessions.delete(key);
      sessions.set(key, entry);
      entry.users += 1;
      try {
        return await work(await entry.session);
      } finally {
        entry.users -= 1;
        entry.usedMs = Date.now();
      }
    },
    drop,
    async close(): Promise<void> {
      const open = [...sessions.values()];
      sessions.clear();
      await Promise.allSettled(open.map(async ({ session }) => (await session).close()));
    },
  };
}
