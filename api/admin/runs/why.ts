import { z } from 'zod';
import { AppError } from '../../../db/domain/errors.ts';
import { type Cause, holdOf } from '../../../db/domain/runs/why/cause.ts';
import { inOrder } from '../../../db/domain/runs/why/explain.ts';
import { silentAfterMs } from '../../../db/domain/runs/why/work.ts';
import { type HeldUp, listHeldUp } from '../../../db/repos/integrations/held-up.ts';
import * as attention from '../../../db/repos/runs/attention.ts';
import { PLATFORM_TENANT_ID } from '../../../db/domain/ids.ts';
import { listFrozen } from '../../../db/repos/tenants/freezes.ts';
import * as overview from '../../../db/repos/tenants/overview.ts';
import type { RequestContext } from '../../kit/context.ts';
import { oncePerRequest } from '../../kit/once.ts';
import { readLiveRun } from '../../kit/run-view/live.ts';
import { nullIfUnavailable } from '../shared/null-if-unavailable.ts';
import { optionalParam } from '../shared/query.ts';
import { readFreeze } from '../shared/read-freeze.ts';
import { readFacts } from '../shared/run-facts.ts';
import { statusOfRow } from '../shared/run-status.ts';
import { longWaitMs, toWhyItem, type Why, whyFrom, whyItem, whysOf } from '../shared/why.ts';
import { readRun } from './read.ts';
import { readPausedCauses } from './schedules/paused.ts';
import { readQueueCauses } from './workers/queue-causes.ts';

/** More than a person reads at once; the lists behind hold the rest. */
const atMost = 20;
/** Running runs about which Temporal itself is asked. */
const askedLive = 5;

export const whyQuery = z.object({
  tenant: optionalParam(z.string().max(60)),
  run: optionalParam(z.uuid()),
});
export const whyAnswer = z.object({ items: z.array(whyItem) });

/** A cause, and whose it is; null for the platform's own. */
export interface Found {
  why: Why;
  tenantId: string | null;
  /** Of the run it is about; left out for a cause of no run. */
  process?: string;
  /** ISO time since which the run is at its step. */
  since?: string;
  /** Its run is marked as needing attention. */
  isProblem?: boolean;
}

const causeOf = ({ title, needsReconnect, openUntil }: HeldUp): Cause => ({
  code: needsReconnect ? 'credentialsRevoked' : 'vendorDown',
  step: null,
  server: title,
  message: '',
  nextTryAt: needsReconnect ? null : (openUntil?.toISOString() ?? null),
  parked: false,
});

/** Causes of an open run of a tenant: from Temporal for those that run, else as the projection knows it. */
async function whysOfRow(
  context: RequestContext,
  row: attention.StuckRun,
  asksLive: boolean,
): Promise<Why[]> {
  const live = asksLive && (await nullIfUnavailable(() => readLiveRun(context.deps.processes, row)));
  if (!live) return whysOf(statusOfRow(row));
  return whysOf(await readFacts(context, row, live, true));
}

async function readTenantWhys(context: RequestContext, tenantId: string): Promise<Found[]> {
  const rowsRead = context.deps.db.inScope(context.overview(), async (tx) => {
    const found = await overview.find(tx, tenantId);
    if (!found) throw new AppError('tenant.not-found');
    return {
      line: found,
      held: await listHeldUp(tx, { tenantId, limit: atMost }),
      rows: await attention.listOpen(tx, tenantId, atMost),
    };
  });
  const [{ line, held, rows }, frozen] = await Promise.all([rowsRead, readFreeze(context, tenantId)]);
  const causes: Cause[] = held.map(causeOf);
  if (frozen) causes.push({ code: 'frozen', hold: frozen, reach: frozen.reach });
  if (line.status === 'suspended' || line.access === 'suspended')
    causes.push({ code: 'billingBlocked', status: 'suspended' });
  else if (line.access === 'restricted') causes.push({ code: 'billingBlocked', status: 'restricted' });
  else if (line.subscriptionStatus === 'pastDue') causes.push({ code: 'billingBlocked', status: 'pastDue' });
  const running = rows.filter(({ state }) => state === 'running').slice(0, askedLive);
  const [queues, paused, ofRuns] = await Promise.all([
    rows.length > 0 ? readQueueCauses(context) : [],
    readPausedCauses(context, { tenantId }),
    Promise.all(
      rows.map(async (row) =>
        (await whysOfRow(context, row, running.includes(row))).map((why) => foundIn(row, why)),
      ),
    ),
  ]);
  const own = inOrder([...queues, ...paused.map(({ cause }) => cause), ...causes]).map((cause) => ({
    why: whyFrom(cause),
    tenantId,
  }));
  // What holds up a queue or the tenant is shown once, not again for each run that waits for it.
  const shown = ({ why: { code } }: Found) =>
    code !== 'frozen' && (code !== 'noWorker' || queues.length === 0);
  return [...own, ...ofRuns.flat().filter(shown)];
}

const foundIn = (row: attention.StuckRun, why: Why): Found => ({
  why,
  tenantId: row.tenantId,
  process: row.process,
  since: row.since.toISOString(),
  isProblem: row.state === 'needsAttention' && why.action !== 'openWorkers',
});

/** Why a tenant isn't getting on: its connections, its billing, and its runs. Throws `tenant.not-found`. */
export const whyTenant = oncePerRequest(readTenantWhys, (tenantId) => tenantId);

async function whyPlatform(context: RequestContext): Promise<Found[]> {
  const nowMs = Date.now();
  const [queues, paused, platform] = await Promise.all([
    readQueueCauses(context),
    readPausedCauses(context, 'platform'),
    readFreeze(context, PLATFORM_TENANT_ID),
  ]);
  const { help, stuck, held, frozen } = await context.deps.db.inScope(context.overview(), async (tx) => ({
    help: await attention.listNeedingHelp(tx, atMost),
    stuck: await attention.listStuck(tx, {
      waitingBefore: new Date(nowMs - longWaitMs),
      silentBefore: new Date(nowMs - silentAfterMs),
      limit: atMost,
    }),
    held: await listHeldUp(tx, { limit: atMost }),
    frozen: await listFrozen(tx, atMost),
  }));
  const rows = [...help, ...stuck.items.filter(({ state }) => state !== 'needsAttention')];
  return [
    ...(platform
      ? [{ why: whyFrom({ code: 'frozen', hold: platform, reach: 'platform' }), tenantId: null }]
      : []),
    ...frozen.map((freeze) => ({
      why: whyFrom({ code: 'frozen', hold: holdOf(freeze) }),
      tenantId: freeze.tenantId,
    })),
    ...queues.map((cause) => ({ why: whyFrom(cause), tenantId: null })),
    ...paused.slice(0, atMost).map(({ cause, tenantId }) => ({ why: whyFrom(cause), tenantId })),
    ...held.map((one) => ({ why: whyFrom(causeOf(one)), tenantId: one.tenantId })),
    ...rows.flatMap((row) => whysOf(statusOfRow(row), nowMs).map((why) => foundIn(row, why))),
  ];
}

async function whyRun(context: RequestContext, runId: string): Promise<Found[]> {
  const { whys, row } = await readRun(context, runId);
  return whys.map((why) => ({ why, tenantId: row.tenantId }));
}

function find(context: RequestContext, { run, tenant }: z.output<typeof whyQuery>): Promise<Found[]> {
  if (run) return whyRun(context, run);
  return tenant ? whyTenant(context, tenant) : whyPlatform(context);
}

/** Answers why a run, a tenant or the platform is stuck, what must be mended first coming first. */
export async function answerWhy(
  context: RequestContext,
  query: z.output<typeof whyQuery>,
): Promise<z.input<typeof whyAnswer>> {
  const found = await find(context, query);
  return { items: found.map(({ why, tenantId }) => toWhyItem(context, why, tenantId)) };
}
