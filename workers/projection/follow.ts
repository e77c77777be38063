import { setTimeout as sleep } from 'node:timers/promises';
import type { Client } from '@temporalio/client';
import type { Logger } from 'pino';
import type { Db } from '../../db/scope.ts';
import * as runs from '../../db/repos/runs/runs.ts';
import * as sums from '../../db/repos/runs/sums.ts';
import { project, projectionScope, rebuild } from './project.ts';

const tickMs = 700;
/** Visibility is written a moment after the change it shows; this much is read again every time. */
const overlapMs = 10_000;
const afterErrorMs = 3_000;
/**
 * A Temporal that was away shows what it did before only after it is back, and nothing tells when it has caught up:
 * for this long the cursor stays where it was, so that those changes are read however old they are.
 */
const settleMs = 60_000;
/** How often days that are over are looked for, to sum how their runs ended. */
const sumEveryMs = 10 * 60_000;

/**
 * Follows Temporal's visibility and keeps the projection up to date. Several workers may follow at once: rows are
 * only replaced by newer ones. Returns how to stop.
 */
export function followRuns(client: Client, db: Db, log: Logger): { stop(): Promise<void> } {
  const stopping = new AbortController();
  // A follower that begins cannot know what went on before.
  let troubledAtMs = Date.now();
  let sumAtMs = 0;

  async function tick(): Promise<void> {
    const cursor = await db.inScope(projectionScope, (tx) => runs.findCursor(tx));
    if (!cursor) {
      const count = await rebuild(client, db);
      log.info({ runs: count }, 'projection built');
      return;
    }
    const readAt = new Date();
    const since = new Date(cursor.getTime() - overlapMs).toISOString();
    await project(
      client,
      db,
      `ChangedAt >= '${since}' OR CloseTime >= '${since}' OR StartTime >= '${since}'`,
    );
    if (readAt.getTime() - troubledAtMs < settleMs) return;
    await db.inScope(projectionScope, (tx) => runs.moveCursor(tx, readAt));
    if (readAt.getTime() < sumAtMs) return;
    const days = await db.inScope(projectionScope, (tx) => sums.sumEndedDays(tx, cursor));
    sumAtMs = days === 0 ? readAt.getTime() + sumEveryMs : 0;
  }

  async function follow(): Promise<void> {
    while (!stopping.signal.aborted) {
      let pauseMs = tickMs;
      try {
        await tick();
      } catch (error) {
        log.warn({ err: error }, 'projection is behind; it tries again');
        troubledAtMs = Date.now();
        pauseMs = afterErrorMs;
      }
      await sleep(pauseMs, undefined, { signal: stopping.signal }).catch(() => undefined);
    }
  }

  const following = follow();
  return {
    async stop() {
      stopping.abort();
      await following;
    },
  };
}
