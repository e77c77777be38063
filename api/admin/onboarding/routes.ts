import { z } from 'zod';
import { allStepKeys } from '../../../db/domain/onboarding/steps.ts';
import * as attention from '../../../db/repos/runs/attention.ts';
import { funnel } from '../../../db/repos/onboarding/funnel.ts';
import { OnboardingFunnelPage, type StuckTenant } from '../../../templates/admin/onboarding/funnel.tsx';
import { paths } from '../../../templates/paths.ts';
import { onboardTenantContract } from '../../../workflows/onboarding/onboard-tenant.contract.ts';
import type { Area } from '../../kit/area.ts';
import type { RequestContext } from '../../kit/context.ts';
import { pageContextOf } from '../../kit/page-context.ts';
import { definePage, defineRoute } from '../../kit/route.ts';
import { paged, queryOf } from '../shared/query.ts';
import { statusOfRow } from '../shared/run-status.ts';
import { safeActions } from '../../../db/domain/runs/why/advice.ts';
import { silentAfterMs } from '../../../db/domain/runs/why/work.ts';
import { type Why, whyOf } from '../shared/why.ts';
import { onboardingHead } from './tenant-head.ts';
import { onboardingTab } from './tenant-tab.ts';
import { dayMs } from '../../../db/domain/time.ts';

/** A customer who has not come back for a day may need a hand. */
const stuckAfterMs = dayMs;

const funnelQuery = z.object({
  days: z.enum(['7', '30', '90']).catch('30'),
  cursor: paged.cursor,
  limit: paged.limit,
});

const funnelAnswer = z.object({
  days: z.number().int(),
  steps: z.array(
    z.object({
      step: z.string(),
      reached: z.number().int(),
      completed: z.number().int(),
      standing: z.number().int(),
      droppedOff: z.number().int(),
      medianMs: z.number().int().nullable(),
    }),
  ),
  stuck: z.array(
    z.object({
      tenantId: z.string(),
      tenantName: z.string().nullable(),
      runId: z.string(),
      step: z.string().nullable(),
      since: z.string(),
      why: z.string(),
      action: z.enum(safeActions).nullable(),
    }),
  ),
  nextCursor: z.string().nullable(),
});

interface Stuck {
  run: attention.StuckRun;
  why: Why;
}

/** How far onboardings come, and which are stuck. */
async function readFunnel(context: RequestContext, query: z.output<typeof funnelQuery>) {
  const nowMs = Date.now();
  const { steps, page } = await context.deps.db.inScope(context.overview(), async (tx) => ({
    steps: await funnel(tx, allStepKeys, new Date(nowMs - Number(query.days) * dayMs)),
    page: await attention.listStuck(tx, {
      process: onboardTenantContract.name,
      waitingBefore: new Date(nowMs - stuckAfterMs),
      silentBefore: new Date(nowMs - silentAfterMs),
      cursor: query.cursor,
      limit: query.limit,
    }),
  }));
  const stuck = page.items.flatMap((run): Stuck[] => {
    const why = whyOf(statusOfRow(run), nowMs);
    return why ? [{ run, why }] : [];
  });
  return { steps, stuck, nextCursor: page.nextCursor };
}

const isOnboardingStep = (step: string | null): step is StuckTenant['step'] =>
  (allStepKeys as readonly (string | null)[]).includes(step);

function toStuckTenant(context: RequestContext, { run, why }: Stuck): StuckTenant[] {
  if (!isOnboardingStep(run.step)) return [];
  // When every reminder has gone out and the account is about to be closed, more time helps more than one more mail.
  const closing = why.action === 'remind' && run.nextKind === 'close';
  const help = why.action === 'remind' || why.action === 'retry' ? why.action : null;
  const action = closing ? 'extend' : help;
  return [
    {
      id: run.tenantId,
      name: run.tenantName ?? run.tenantId,
      step: run.step,
      since: run.since.toISOString(),
      sentence: why.text,
      action: context.can('tenants.support') ? action : null,
    },
  ];
}

export const onboardingArea: Area = {
  side: 'admin',
  nav: [
    {
      title: 'Onboarding',
      href: '/admin/onboarding',
      icon: 'filter',
      group: 'Customers',
      tabOf: paths.tenants,
      permission: 'tenants.read',
    },
  ],
  routes: [
    defineRoute({
      method: 'GET',
      path: '/api/admin/onboarding/funnel',
      access: 'tenants.read',
      summary: 'How many onboardings reached, finished and left each step, and which are stuck and why',
      query: funnelQuery,
      response: funnelAnswer,
      async handle(context, { query }) {
        const { steps, stuck, nextCursor } = await readFunnel(context, query);
        return {
          days: Number(query.days),
          steps: steps.map((step) => ({
            ...step,
            droppedOff: step.reached - step.completed - step.standing,
          })),
          stuck: stuck.map(({ run, why }) => ({
            ...run,
            since: run.since.toISOString(),
            why: why.text,
            action: why.action,
          })),
          nextCursor,
        };
      },
    }),
    definePage({
      path: '/admin/onboarding',
      access: 'tenants.read',
      query: funnelQuery,
      async show(context, { query }) {
        const { steps, stuck, nextCursor } = await readFunnel(context, query);
        return OnboardingFunnelPage({
          frame: pageContextOf(context),
          query: queryOf(context, ['days', 'cursor']),
          steps: steps.flatMap(({ step, completed, ...rest }) =>
            isOnboardingStep(step) ? [{ ...rest, step, finished: completed }] : [],
          ),
          stuck: stuck.flatMap((one) => toStuckTenant(context, one)),
          nextCursor,
        });
      },
    }),
  ],
  tenantHead: onboardingHead,
  tenantTab: onboardingTab,
};
