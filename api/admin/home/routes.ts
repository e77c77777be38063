import type { Tx } from '../../../db/scope.ts';
import * as attention from '../../../db/repos/runs/attention.ts';
import { listInReview } from '../../../db/repos/integrations/tools.ts';
import { AdminHomePage } from '../../../templates/admin/home/home.tsx';
import type { NeedsItem } from '../../../templates/ui/needs-list.tsx';
import { countText, durationText } from '../../../templates/ui/format.ts';
import { paths, withQuery } from '../../../templates/paths.ts';
import { onboardTenantContract } from '../../../workflows/onboarding/onboard-tenant.contract.ts';
import type { Area } from '../../kit/area.ts';
import type { RequestContext } from '../../kit/context.ts';
import { pageContextOf } from '../../kit/page-context.ts';
import { definePage } from '../../kit/route.ts';
import { runTitle, tenantRef } from '../shared/names.ts';
import { statusOfRow } from '../runs/status.ts';
import { longWaitMs, silentAfterMs, whyOf } from '../runs/why.ts';
import { readFigures } from './figures.ts';

const dayMs = 86_400_000;
/** More than a person reads at once; the lists behind hold the rest. */
const atMost = 20;
/** A sign-up that was told "no" has failed for its customer, not for us. */
const refusals = ['tenant.name-taken', 'user.email-taken'];

function fromRun(run: attention.StuckRun, nowMs: number): NeedsItem {
  const title = runTitle(run.process, tenantRef(run)?.name ?? null);
  const why = whyOf(statusOfRow(run), nowMs);
  const isWait = run.state === 'waiting';
  return {
    sentence: `${title}: ${why?.text ?? 'It does not go on.'}`,
    since: run.since.toISOString(),
    href: isWait ? withQuery(paths.tenant(run.tenantId), { tab: 'onboarding' }) : paths.run(run.runId),
    button: isWait ? 'See and help' : 'Look at the run',
    tone: isWait ? 'waiting' : run.state === 'failed' ? 'failed' : 'attention',
  };
}

function fromSubscription(ending: attention.EndingSubscription, nowMs: number): NeedsItem {
  const { tenantName, status, at } = ending;
  const leftMs = at.getTime() - nowMs;
  const trial =
    leftMs > 0
      ? `The trial of ${tenantName} ends in ${durationText(leftMs)}.`
      : `The trial of ${tenantName} has ended.`;
  return {
    sentence: status === 'trialing' ? trial : `${tenantName} has not paid what is due.`,
    since: at.toISOString(),
    href: paths.tenant(ending.tenantId),
    button: 'Open the tenant',
    tone: status === 'trialing' ? 'scheduled' : 'failed',
  };
}

function fromService(waiting: Awaited<ReturnType<typeof listInReview>>[number]): NeedsItem {
  const { server, title, isNew, tools, since } = waiting;
  const many = countText(tools, 'tool', 'tools');
  return {
    sentence: isNew
      ? `${title} is to be offered to tenants: ${many} to look at first.`
      : `${many} of ${title} ${tools === 1 ? 'is' : 'are'} set aside until somebody has looked at what changed.`,
    since: since.toISOString(),
    href: paths.serverTools(server),
    button: 'Look at its tools',
    tone: isNew ? 'waiting' : 'attention',
  };
}

/** What does not go on by itself, the most urgent first. */
async function readNeeds(tx: Tx, nowMs: number, mayManage: boolean): Promise<NeedsItem[]> {
  const help = await attention.listNeedingHelp(tx, atMost);
  const failed = await attention.listFailed(tx, {
    closedAfter: new Date(nowMs - dayMs),
    refusals,
    limit: 10,
  });
  const standing = await attention.listStuck(tx, {
    process: onboardTenantContract.name,
    waitingBefore: new Date(nowMs - longWaitMs),
    silentBefore: new Date(nowMs - silentAfterMs),
    limit: atMost,
  });
  const ending = await attention.listEndingSubscriptions(tx, new Date(nowMs + 3 * dayMs), 10);
  const silentOrWaiting = standing.items.filter(({ state }) => state !== 'needsAttention');
  return [
    ...help.map((run) => fromRun(run, nowMs)),
    ...failed.map((run) => fromRun(run, nowMs)),
    ...(mayManage ? await listInReview(tx) : []).map(fromService),
    ...ending.filter(({ status }) => status === 'pastDue').map((one) => fromSubscription(one, nowMs)),
    ...silentOrWaiting.map((run) => fromRun(run, nowMs)),
    ...ending.filter(({ status }) => status === 'trialing').map((one) => fromSubscription(one, nowMs)),
  ];
}

function read(context: RequestContext) {
  const nowMs = Date.now();
  return context.deps.db.inScope(context.overview(), async (tx) => ({
    needs: await readNeeds(tx, nowMs, context.can('registry.manage')),
    figures: await readFigures(tx, context.person().language, nowMs),
  }));
}

export const adminHomeArea: Area = {
  side: 'admin',
  nav: [{ title: 'Home', href: '/admin', icon: 'home', group: '', permission: 'tenants.read' }],
  routes: [
    definePage({
      path: '/admin',
      access: 'tenants.read',
      show: async (context) => AdminHomePage({ frame: pageContextOf(context), ...(await read(context)) }),
    }),
  ],
};
