import { z } from 'zod';
import {
  causesOf,
  countLate,
  type FailureCause,
  figuresOf,
  groupSums,
  type RunFigures,
  type RunSum,
} from '../../../../db/domain/runs/analytics.ts';
import { dayMs, utcDay } from '../../../../db/domain/time.ts';
import * as behind from '../../../../db/repos/runs/behind.ts';
import * as failures from '../../../../db/repos/runs/failures.ts';
import * as sums from '../../../../db/repos/runs/sums.ts';
import * as tenants from '../../../../db/repos/tenants/tenants.ts';
import { contracts } from '../../../../workflows/contracts.ts';
import type { RequestContext } from '../../../kit/context.ts';
import { lastDays } from '../../shared/days.ts';
import { optionalParam } from '../../shared/query.ts';
import { expectedSteps } from '../expected-steps.ts';

export const periods = ['7', '30', '90'] as const;

export const analyticsQuery = z.object({
  days: z.enum(periods).catch('30').transform(Number),
  process: optionalParam(z.string().max(60)),
  tenant: optionalParam(z.string().max(60)),
  version: optionalParam(z.string().max(60)),
});
export type AnalyticsQuery = z.output<typeof analyticsQuery>;

export interface StepFigures extends RunFigures {
  step: string;
  /** How long it is expected to take at most, in milliseconds; null where nothing is declared. */
  lateAfterMs: number | null;
  late: number | null;
}

/** How runs ended in a period, in all and by what they have in common. */
export interface RunAnalytics {
  /** UTC days, the oldest first. */
  days: string[];
  all: RunFigures;
  /** Of the period of the same length before it. */
  before: RunFigures;
  /** Open runs at a step that takes longer than expected, now. */
  lateNow: number;
  perDay: { day: string; figures: RunFigures }[];
  processes: { process: string; figures: RunFigures }[];
  /** Of the process that was asked for; empty without one. */
  steps: StepFigures[];
  versions: { version: string; firstDay: string; figures: RunFigures }[];
  causes: FailureCause[];
  tenants: { tenantId: string; name: string | null; failed: number }[];
  tenantName: string | null;
}

const ofRuns = (found: readonly RunSum[]) => found.filter(({ step }) => step === '');

/** The steps of a process in its own order. */
function stepsOf(process: string, found: readonly RunSum[]): StepFigures[] {
  const perStep = new Map(
    groupSums(
      found.filter(({ step }) => step !== ''),
      ({ step }) => step,
    ),
  );
  const declared = contracts[process]?.steps ?? [];
  return declared.flatMap(({ key, lateAfterMs }) => {
    const of = perStep.get(key);
    if (!of) return [];
    const late = lateAfterMs === undefined ? null : countLate(of, lateAfterMs);
    return [{ step: key, ...figuresOf(of), lateAfterMs: lateAfterMs ?? null, late }];
  });
}

/** Stored sums hold all tenants; what is narrower is counted. */
const narrow = (context: RequestContext, tenant: string | undefined) =>
  tenant !== undefined || context.person().role === 'partner';

export async function readAnalytics(context: RequestContext, query: AnalyticsQuery): Promise<RunAnalytics> {
  const { process, version, tenant } = query;
  const days = lastDays(query.days, 'UTC', Date.now());
  const [first = '', last = ''] = [days[0], days.at(-1)];
  const from = utcDay(new Date(Date.parse(first) - query.days * dayMs));
  const filter = { from, to: last, process, version };
  return context.deps.db.inScope({ ...context.overview(), readOnly: true }, async (tx) => {
    const found = narrow(context, tenant)
      ? await sums.listWithin(tx, { ...filter, tenantId: tenant })
      : await sums.listOfPlatform(tx, filter);
    const period = found.filter(({ day }) => day >= first);
    const runs = ofRuns(period);
    const perDay = new Map(groupSums(runs, ({ day }) => day));
    return {
      days,
      all: figuresOf(runs),
      before: figuresOf(ofRuns(found.filter(({ day }) => day < first))),
      lateNow: await behind.countLate(tx, expectedSteps, { process, tenantId: tenant }),
      perDay: days.map((day) => ({ day, figures: figuresOf(perDay.get(day) ?? []) })),
      processes: groupSums(runs, (sum) => sum.process).map(([name, of]) => ({
        process: name,
        figures: figuresOf(of),
      })),
      steps: process === undefined ? [] : stepsOf(process, period),
      versions: groupSums(runs, (sum) => sum.version)
        .map(([name, of]) => ({
          version: name,
          firstDay: of.reduce((day, sum) => (sum.day < day ? sum.day : day), last),
          figures: figuresOf(of),
        }))
        .sort((a, b) => (a.firstDay < b.firstDay ? 1 : -1)),
      causes: causesOf(period),
      tenants: await failures.countByTenant(tx, {
        from: first,
        to: last,
        process,
        version,
        tenantId: tenant,
      }),
      tenantName: tenant ? ((await tenants.names(tx, [tenant])).get(tenant) ?? tenant) : null,
    };
  });
}
