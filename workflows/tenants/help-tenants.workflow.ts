import { CancellationScope } from '@temporalio/workflow';
import type { ItemResult } from '../../db/domain/progress.ts';
import type { InputOf, OutputOf } from '../define.ts';
import type { helpTenantsContract } from './help-tenants.contract.ts';
import { finish } from '../shared/early-answer.ts';
import { describeFailure, failureOf, isRefusal } from '../shared/failures.ts';
import { db, item } from '../shared/profiles.ts';
import { trackProgress } from '../shared/progress.ts';

type Contract = typeof helpTenantsContract;

/** So many are helped at the same time. */
const abreast = 5;

/** A refusal is certain; after anything else the setup may have taken the request. */
function resultOf(id: string, error: unknown): ItemResult {
  if (!isRefusal(error)) return { id, outcome: 'unknown', code: 'help.outcome-unknown' };
  const { code } = describeFailure(error);
  return { id, outcome: code === 'help.outcome-unknown' ? 'unknown' : 'refused', code };
}

/**
 * Helps many tenants, a few at a time. What goes wrong with one costs that one only, and each has an end of its own, so
 * the run has one. Cancelled, it ends after those it is at.
 */
export async function helpTenants(input: InputOf<Contract>): Promise<OutputOf<Contract>> {
  const { help, reason, by, tenantIds } = input;
  const progress = trackProgress<Contract>(['check', 'help', 'record']);
  const results: ItemResult[] = [];
  let stopped = false;
  // A promise that only ever rejects: when the run is cancelled.
  void CancellationScope.current().cancelRequested.catch(() => void (stopped = true));

  function add(...more: ItemResult[]): void {
    results.push(...more);
    const note = { kind: 'items' as const, total: tenantIds.length, results: [...results] };
    progress.set('help', 'running', { note });
  }

  async function helpOne(tenantId: string): Promise<ItemResult> {
    if (stopped) return { id: tenantId, outcome: 'skipped', code: 'help.stopped' };
    try {
      await item.helpTenant({ tenantId, help, reason, by });
      return { id: tenantId, outcome: 'done' };
    } catch (error) {
      return resultOf(tenantId, error);
    }
  }

  return CancellationScope.nonCancellable(async () => {
    progress.set('check', 'running');
    let waiting: string[];
    try {
      const plan = await db.planHelp({ tenantIds, by });
      waiting = [...plan.affected];
      progress.set('check', 'done');
      add(...plan.leftOut);
    } catch (error) {
      progress.set('check', 'failed', { error: describeFailure(error) });
      await finish(progress, 'failed');
      throw failureOf(error);
    }
    const helper = async () => {
      for (let next = waiting.shift(); next !== undefined; next = waiting.shift()) add(await helpOne(next));
    };
    await Promise.all(Array.from({ length: abreast }, helper));
    const { note } = progress.stepOf('help');
    progress.set('help', 'done', note && { note });
    await progress.step('record', () => db.recordHelp({ help, reason, by, results }));
    await finish(progress, stopped ? 'stopped' : 'done');
    return { results };
  });
}
