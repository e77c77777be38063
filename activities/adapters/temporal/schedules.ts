import { Context } from '@temporalio/activity';
import type { Client } from '@temporalio/client';
import type { Schedules } from '../../ports.ts';

/** So many are paused or resumed at a time. */
const atOnce = 5;

interface Found {
  id: string;
  paused: boolean;
  note: string | undefined;
}

/** The schedules within reach; Temporal's list is a moment behind. */
async function list({ schedule }: Client, tenantId: string | null): Promise<Found[]> {
  const found: Found[] = [];
  const query = tenantId === null ? {} : { query: `TenantId = '${tenantId}'` };
  for await (const { scheduleId: id, state } of schedule.list({ pageSize: 100, ...query }))
    found.push({ id, paused: state.paused, note: state.note });
  return found;
}

/** Those that are still there; one that was deleted is no failure. */
async function each(
  client: Client,
  ids: readonly string[],
  act: (handle: ReturnType<Client['schedule']['getHandle']>) => Promise<unknown>,
): Promise<void> {
  for (let at = 0; at < ids.length; at += atOnce) {
    await Promise.all(
      ids.slice(at, at + atOnce).map(async (id) => {
        try {
          await act(client.schedule.getHandle(id));
        } catch (error) {
          if ((error as Error).name !== 'ScheduleNotFoundError') throw error;
        }
      }),
    );
  }
}

/** Schedules as the worker's own connection to Temporal reaches them. Only inside activities. */
export const temporalSchedules: Schedules = {
  async pauseAll({ reach, tenantId }, note) {
    const { client } = Context.current();
    const found = await list(client, reach === 'platform' ? null : tenantId);
    const running = found.filter(({ paused }) => !paused).map(({ id }) => id);
    await each(client, running, (handle) => handle.pause(note));
    // Paused by an earlier try of this very pause.
    const before = found.filter((one) => one.paused && one.note === note).map(({ id }) => id);
    return [...before, ...running];
  },

  async resume(ids, note) {
    const { client } = Context.current();
    await each(client, ids, async (handle) => {
      const { state } = await handle.describe();
      // Paused for another reason since: it stays so.
      if (state.paused && state.note === note) await handle.unpause(note);
    });
  },
};
