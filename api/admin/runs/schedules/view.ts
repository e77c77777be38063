import { createHash } from 'node:crypto';
import type { z } from 'zod';
import { PLATFORM_TENANT_ID } from '../../../../db/domain/ids.ts';
import { nextFirings } from '../../../../db/domain/runs/schedules/firings.ts';
import type { Timing } from '../../../../db/domain/runs/schedules/timing.ts';
import * as registry from '../../../../db/repos/integrations/servers.ts';
import * as people from '../../../../db/repos/people/people.ts';
import * as tenants from '../../../../db/repos/tenants/tenants.ts';
import {
  BackfillPage,
  type BackfillPageProps,
  ChangeSchedulePage,
  type ChangeSchedulePageProps,
} from '../../../../templates/admin/runs/schedules/change.tsx';
import {
  NewSchedulePage,
  type NewSchedulePageProps,
} from '../../../../templates/admin/runs/schedules/create.tsx';
import { SchedulePage, type SchedulePageProps } from '../../../../templates/admin/runs/schedules/detail.tsx';
import { SchedulesPage, type SchedulesPageProps } from '../../../../templates/admin/runs/schedules/list.tsx';
import type { ScheduleRow } from '../../../../templates/admin/runs/schedules/schedule-types.ts';
import type { FormState } from '../../../../templates/ui/form-state.tsx';
import { fieldTitle } from '../../../../templates/ui/field-title.ts';
import { contracts } from '../../../../workflows/contracts.ts';
import type { RequestContext } from '../../../kit/context.ts';
import { keptKey } from '../../../kit/idempotency-key.ts';
import { pageContextOf } from '../../../kit/page-context.ts';
import { mostSchedules } from '../../../kit/processes/schedules.ts';
import { inputSchema } from '../start/input-schema.ts';
import { namesOfPicked, pick } from '../../../both/runs/pick.ts';
import { processTitle, serverTitleOf } from '../../shared/names.ts';
import { nullIfUnavailable } from '../../shared/null-if-unavailable.ts';
import { givenSchema, schedulable } from './input.ts';
import { readEndless, readSchedule, readSchedules, type SeenSchedule } from './read.ts';
import { type listQuery, toFiring, toItem } from './schemas.ts';

/** Names exactly what a preview has shown, so that nothing else is confirmed. */
export const tokenOf = (...shown: unknown[]): string =>
  createHash('sha256').update(JSON.stringify(shown)).digest('hex').slice(0, 32);

const titlesOf = (context: RequestContext) =>
  context.deps.db.inScope({ ...context.overview(), readOnly: true }, (tx) => registry.serverTitles(tx));

function toRow(seen: SeenSchedule, titles: ReadonlyMap<string, string>): ScheduleRow {
  const { id, process, tenant, when, paused, hold, nextAt, lastRun } = toItem(seen);
  return {
    ...{ id, tenant, when, paused, hold, nextAt, lastRun },
    processTitle: processTitle(process),
    about: serverTitleOf(seen, titles),
    collisions: seen.collidesWith.length,
  };
}

/** Every schedule, and the processes of the platform that never end. */
export async function schedulesPage(
  context: RequestContext,
  filter: z.output<typeof listQuery>,
  refused?: SchedulesPageProps['refused'],
) {
  const [found, endless, titles] = await Promise.all([
    nullIfUnavailable(() => readSchedules(context, filter)),
    readEndless(context, undefined),
    titlesOf(context),
  ]);
  const { tenant } = filter;
  const names = tenant
    ? await context.deps.db.inScope(context.overview(), (tx) => tenants.names(tx, [tenant]))
    : new Map<string, string>();
  const scheduled = Object.values(contracts).filter(({ schedule }) => schedule);
  return SchedulesPage({
    frame: pageContextOf(context),
    rows: found && found.map((one) => toRow(one, titles)),
    platform: endless.map(({ process, ...rest }) => ({
      ...rest,
      title: processTitle(process),
      purpose: contracts[process]?.summary ?? '',
    })),
    query: filter,
    processes: scheduled.map(({ name, title }) => ({ value: name, label: title })),
    tenantName: names.get(tenant ?? ''),
    ...(found && found.length >= mostSchedules && { most: mostSchedules }),
    mayManage: context.can('schedules.manage'),
    requestKey: keptKey(refused?.state.values ?? {}),
    refused,
  });
}

/** What each run gets, in words as far as they are known. */
async function inputFacts(context: RequestContext, { process, input }: { process: string; input: unknown }) {
  const contract = contracts[process];
  const given = (input ?? {}) as Record<string, unknown>;
  const shape = inputSchema(contract?.schedule?.given ?? contract?.input ?? null);
  const names = await context.deps.db.inScope(context.overview(), (tx) =>
    people.names(tx, typeof given['userId'] === 'string' ? [given['userId']] : []),
  );
  return Object.entries(shape.properties ?? {}).flatMap(([name, { title }]) => {
    const value = given[name];
    if (name === 'tenantId' || (typeof value !== 'string' && typeof value !== 'number')) return [];
    return [{ label: title ?? fieldTitle(name), value: names.get(String(value)) ?? String(value) }];
  });
}

/** One schedule as it is now. Throws `schedule.not-found`. */
export async function schedulePage(
  context: RequestContext,
  scheduleId: string,
  refused?: SchedulePageProps['refused'],
) {
  const { schedule, seen } = await readSchedule(context, scheduleId);
  const titles = await titlesOf(context);
  return SchedulePage({
    frame: pageContextOf(context),
    schedule: {
      ...toRow(seen, titles),
      setup: schedule.setup,
      counts: schedule.counts,
      runs: seen.runs,
      times: nextFirings(schedule.when, Date.now(), 10).map(toFiring),
      input: await inputFacts(context, schedule),
    },
    mayManage: context.can('schedules.manage'),
    requestKey: keptKey(refused?.state.values ?? {}),
    refused,
  });
}

/** What is shown of times that aren't planned yet. */
export const previewOf = (when: Timing, token: string) => ({
  token,
  timezone: when.timezone,
  times: nextFirings(when, Date.now(), 10).map(toFiring),
});

export async function newSchedulePage(
  context: RequestContext,
  name: string,
  { form, preview }: { form?: FormState; preview?: NewSchedulePageProps['preview'] } = {},
) {
  const contract = schedulable(context, name);
  const typed = form?.values?.['input'];
  const values = typeof typed === 'object' && typed !== null ? (typed as Record<string, unknown>) : {};
  const { choices } = await pick(context, values);
  return NewSchedulePage({
    frame: pageContextOf(context),
    process: {
      name,
      title: contract.title,
      purpose: contract.summary,
      schema: inputSchema(givenSchema(contract)),
    },
    requestKey: keptKey(form?.values ?? {}),
    choices,
    chosen: await namesOfPicked(context, values),
    preview,
    form,
  });
}

async function namedOf(context: RequestContext, scheduleId: string) {
  const { schedule, seen } = await readSchedule(context, scheduleId);
  const { processTitle: process, about, tenant } = toRow(seen, await titlesOf(context));
  const title = about ? `${process}: ${about}` : process;
  const isOfTenant = schedule.tenantId !== PLATFORM_TENANT_ID && tenant;
  return {
    id: scheduleId,
    title: isOfTenant ? `${title}, ${tenant.name}` : title,
    setup: schedule.setup,
  };
}

interface Shown<Preview> {
  form?: FormState;
  preview?: Preview | undefined;
}

export async function changePage(
  context: RequestContext,
  scheduleId: string,
  { form, preview }: Shown<ChangeSchedulePageProps['preview']> = {},
) {
  return ChangeSchedulePage({
    frame: pageContextOf(context),
    schedule: await namedOf(context, scheduleId),
    requestKey: keptKey(form?.values ?? {}),
    ...{ preview, form },
  });
}

export async function backfillPage(
  context: RequestContext,
  scheduleId: string,
  { form, preview }: Shown<BackfillPageProps['preview']> = {},
) {
  return BackfillPage({
    frame: pageContextOf(context),
    schedule: await namedOf(context, scheduleId),
    requestKey: keptKey(form?.values ?? {}),
    ...{ preview, form },
  });
}
