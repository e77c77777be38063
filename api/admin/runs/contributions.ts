import type { Tx } from '../../../db/scope.ts';
import * as attention from '../../../db/repos/runs/attention.ts';
import { countNeedingAttention } from '../../../db/repos/runs/figures.ts';
import * as runs from '../../../db/repos/runs/runs.ts';
import type { Figure } from '../../../templates/admin/home/home.tsx';
import { headCopy } from '../../../templates/admin/runs/why-copy.ts';
import { paths, withQuery } from '../../../templates/paths.ts';
import type { Trend } from '../../../templates/ui/stat.tsx';
import { statusOf } from '../../../templates/ui/status.ts';
import { contracts } from '../../../workflows/contracts.ts';
import { onboardTenantContract } from '../../../workflows/onboarding/onboard-tenant.contract.ts';
import type { RequestContext } from '../../kit/context.ts';
import type { AttentionItem, Contributions, SearchHit } from '../../kit/contributions.ts';
import { runTitle, tenantRef } from '../shared/names.ts';
import { statusOfRow } from '../shared/run-status.ts';
import type { Cause } from '../../../db/domain/runs/why/cause.ts';
import { silentAfterMs } from '../../../db/domain/runs/why/work.ts';
import { linkOf, longWaitMs, whyFrom, whyOf } from '../shared/why.ts';
import { readQueueCauses } from './workers/queue-causes.ts';
import { runsHead } from './tenant-head.ts';
import { readOutcomes } from './chart.ts';
import { dayMs } from '../../../db/domain/time.ts';

/** More than a person reads at once; the lists behind hold the rest. */
const atMost = 20;
/** The person who asked has the answer already. */
const answering = Object.values(contracts)
  .filter(({ tellsCaller }) => tellsCaller)
  .map(({ name }) => name);

function toItem(run: attention.StuckRun, urgency: AttentionItem['urgency'], nowMs: number): AttentionItem {
  const title = runTitle(run.process, tenantRef(run)?.name ?? null);
  const why = whyOf(statusOfRow(run), nowMs);
  const isWait = run.state === 'waiting';
  return {
    urgency,
    sentence: `${title}: ${why?.text ?? 'No progress.'}`,
    since: run.since.toISOString(),
    href: isWait ? withQuery(paths.tenant(run.tenantId), { tab: 'onboarding' }) : paths.run(run.runId),
    button: isWait ? 'See and help' : 'Open run',
    tone: isWait ? 'waiting' : run.state === 'failed' ? 'failed' : 'attention',
  };
}

/** What keeps a whole queue from moving comes before every run in it. */
function toQueueItem(context: RequestContext, cause: Cause): AttentionItem {
  const why = whyFrom(cause);
  const link = linkOf(context, why, { tenantId: null });
  return {
    urgency: 'help',
    sentence: why.text,
    href: link?.href ?? paths.workflows,
    button: link?.title ?? headCopy.runs,
    tone: 'attention',
  };
}

/** Queues belong to the platform; a partner reads on each run of its clients what holds that up. */
const isPartner = (context: RequestContext) => context.person().role === 'partner';

/** Runs that need help, have failed since yesterday, or have made no progress for long. */
async function readAttention(context: RequestContext, tx: Tx): Promise<AttentionItem[]> {
  const nowMs = Date.now();
  const help = await attention.listNeedingHelp(tx, atMost);
  const closedAfter = new Date(nowMs - dayMs);
  const failed = await attention.listFailed(tx, { closedAfter, except: answering, limit: 10 });
  const stuck = await attention.listStuck(tx, {
    process: onboardTenantContract.name,
    waitingBefore: new Date(nowMs - longWaitMs),
    silentBefore: new Date(nowMs - silentAfterMs),
    limit: atMost,
  });
  const queues = isPartner(context) ? [] : await readQueueCauses(context);
  return [
    ...queues.map((cause) => toQueueItem(context, cause)),
    ...help.map((run) => toItem(run, 'help', nowMs)),
    ...failed.map((run) => toItem(run, 'failed', nowMs)),
    ...stuck.items
      .filter(({ state }) => state !== 'needsAttention')
      .map((run) => toItem(run, 'stalled', nowMs)),
  ];
}

/** Only the current count is stored, not those of earlier days. */
function trendOf(newly: number): Trend {
  if (newly === 0) return { direction: 'flat', text: 'None since yesterday' };
  return { direction: 'up', text: `${newly} since yesterday`, good: false };
}

async function readFigures(_context: RequestContext, tx: Tx): Promise<Figure[]> {
  const { now, newly } = await countNeedingAttention(tx, new Date(Date.now() - dayMs));
  const href = withQuery('/admin/workflows', { state: 'needsAttention' });
  return [{ label: 'Runs that need attention', value: now, trend: trendOf(newly), href }];
}

async function search(
  _context: RequestContext,
  tx: Tx,
  query: { q: string; limit: number },
): Promise<SearchHit[]> {
  const { items } = await runs.list(tx, query);
  return items.map((run) => ({
    title: runTitle(run.process, tenantRef(run)?.name ?? null),
    subtitle: `Run · ${statusOf('run', run.state).word}`,
    href: paths.run(run.runId),
    kind: 'run',
  }));
}

/** What runs add to the home page and the search. */
export const runsContributions: Contributions = {
  // Temporal is asked before the transaction of the page begins.
  prepare: async (context) => (isPartner(context) ? [] : readQueueCauses(context)),
  tenantHead: runsHead,
  attention: { permission: 'tenants.read', read: readAttention },
  charts: { permission: 'runs.read', read: readOutcomes },
  figures: { permission: 'tenants.read', read: readFigures },
  search: { permission: 'runs.read', read: search },
};
