import { recordOnce } from '../../db/repos/audit/events.ts';
import { isDuplicate } from '../../db/repos/shared/rows.ts';
import type { Attribution } from '../../db/domain/actor.ts';
import type { NewEvent } from '../../db/domain/event.ts';
import { PLATFORM_TENANT_ID } from '../../db/domain/ids.ts';
import type { ApiDeps } from './deps.ts';

/** What was recorded lately, so that the database is asked once; it keeps each event once also for other processes. */
const recorded = new Set<string>();
const mostKept = 10_000;

/** Records an event once per `slot` in the log of a tenant, or of the platform, however often and wherever it happens. */
export async function recordOncePer(
  { db }: Pick<ApiDeps, 'db'>,
  slot: string,
  { tenantId, by, event }: { tenantId: string; by: Attribution; event: NewEvent },
): Promise<void> {
  if (recorded.has(slot)) return;
  const visibility = tenantId === PLATFORM_TENANT_ID ? ('platform' as const) : { tenantId };
  try {
    await db.inScope({ visibility, by }, (tx) => recordOnce(tx, slot, event));
  } catch (error) {
    // Another request, or another process, recorded it in the same moment.
    if (!isDuplicate(error, 'events_id_idx')) throw error;
  }
  if (recorded.size >= mostKept) recorded.clear();
  recorded.add(slot);
}
