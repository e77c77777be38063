import { z } from 'zod';
import { schedulesCopy } from '../../../../templates/admin/runs/schedules/copy.ts';
import { paths, withQuery } from '../../../../templates/paths.ts';
import type { Area } from '../../../kit/area.ts';
import { defineAction } from '../../../kit/action.ts';
import { idempotencyKey, idempotencyKeyOf } from '../../../kit/idempotency-key.ts';
import type { RequestContext } from '../../../kit/context.ts';
import { defineRoute } from '../../../kit/route.ts';
import {
  actOnAll,
  actOnSchedule,
  backfillSchedule,
  changeSchedule,
  createSchedule,
  simpleActions,
} from './change.ts';
import { readEndless, readSchedule, readSchedules } from './read.ts';
import { forms, pages } from './pages.ts';
import * as shapes from './schemas.ts';
import { schedulePage, schedulesPage } from './view.ts';

/** A schedule as the API answers it. */
async function detailOf(context: RequestContext, id: string): Promise<z.input<typeof shapes.scheduleDetail>> {
  const { schedule, seen } = await readSchedule(context, id);
  const { setup, input, createdAt, changedAt, counts } = schedule;
  const { when: _when, ...policies } = setup;
  return {
    ...shapes.toItem(seen),
    ...policies,
    ...{ createdAt, changedAt, counts, input: input as Record<string, unknown>, runs: seen.runs },
  };
}

/** Makes a second click harmless; programs send a header instead. */
const formKey = { requestKey: idempotencyKey };
const keyOf = (context: RequestContext, body: object): string =>
  (body as { requestKey?: string }).requestKey ?? idempotencyKeyOf(context);

/** A refused pause of one tenant's schedules must stay one of that tenant. */
function tenantIn({ tenantId }: Record<string, unknown>) {
  const parsed = shapes.allBody.shape.tenantId.safeParse(tenantId);
  return parsed.success && parsed.data !== undefined ? { tenant: parsed.data } : {};
}

const missing = ['schedule.not-found', 'schedule.outcome-unknown', 'service.unavailable'];

const api = [
  defineRoute({
    method: 'GET',
    path: '/api/admin/schedules',
    access: 'schedules.read',
    summary: 'Every schedule, the soonest first, and the processes of the platform that never end',
    query: shapes.listQuery,
    response: shapes.scheduleList,
    errors: ['service.unavailable'],
    async handle(context, { query }) {
      const [found, platform] = await Promise.all([
        readSchedules(context, query),
        readEndless(context, undefined),
      ]);
      return { items: found.map(shapes.toItem), platform, nextCursor: null };
    },
  }),
  defineRoute({
    method: 'POST',
    path: '/api/admin/schedules',
    access: 'schedules.manage',
    summary: 'Create a schedule; with an Idempotency-Key, a repeated request answers with the same one',
    body: shapes.createBody,
    status: 201,
    response: shapes.scheduleDetail,
    errors: ['process.not-found', 'tenant.not-found', 'schedule.too-many', ...missing],
    handle: async (context, { body }) =>
      detailOf(context, await createSchedule(context, body, idempotencyKeyOf(context))),
  }),
  defineRoute({
    method: 'POST',
    path: '/api/admin/schedules/preview',
    access: 'schedules.manage',
    summary: 'The next ten runs of a schedule that isn’t created yet, with changes of the clocks',
    body: shapes.previewBody,
    response: shapes.firings,
    handle: async (_context, { body }) => shapes.nextOf(body.when),
  }),
  defineRoute({
    method: 'GET',
    path: '/api/admin/schedules/:scheduleId',
    access: 'schedules.read',
    summary: 'One schedule as it is now, with its last runs',
    params: shapes.scheduleParams,
    response: shapes.scheduleDetail,
    errors: missing,
    handle: (context, { params }) => detailOf(context, params.scheduleId),
  }),
  defineRoute({
    method: 'GET',
    path: '/api/admin/schedules/:scheduleId/next',
    access: 'schedules.read',
    summary: 'The next runs of a schedule, whether or not it is paused, with changes of the clocks',
    params: shapes.scheduleParams,
    query: shapes.nextQuery,
    response: shapes.firings,
    errors: missing,
    async handle(context, { params, query }) {
      const { schedule } = await readSchedule(context, params.scheduleId);
      return shapes.nextOf(schedule.when, query.count);
    },
  }),
];

const actions = [
  defineRoute({
    method: 'PUT',
    path: '/api/admin/schedules/:scheduleId',
    access: 'schedules.manage',
    summary: 'Change when a schedule starts runs, and how; its process, tenant and input stay',
    params: shapes.scheduleParams,
    body: shapes.changeBody,
    response: shapes.scheduleDetail,
    errors: missing,
    async handle(context, { params: { scheduleId }, body }) {
      await changeSchedule(context, scheduleId, body, idempotencyKeyOf(context));
      return detailOf(context, scheduleId);
    },
  }),
  ...simpleActions.flatMap((action) =>
    defineAction({
      paths: {
        api: `/api/admin/schedules/:scheduleId/${action}`,
        form: `/admin/schedules/:scheduleId/${action}`,
      },
      access: 'schedules.manage',
      summary: `${action} of a schedule, with a reason`,
      params: shapes.scheduleParams,
      body: shapes.reasonBody,
      formBody: shapes.reasonBody.extend(formKey),
      response: z.object({ id: z.string() }),
      errors: missing,
      run: (context, { params: { scheduleId }, body }) =>
        actOnSchedule(context, scheduleId, action, body.reason, keyOf(context, body)),
      answer: async (_context, _done, { scheduleId }) => ({ id: scheduleId }),
      done: () => schedulesCopy.actions[action].done,
      then: (_done, { params: { scheduleId } }) =>
        action === 'delete' ? paths.schedules : paths.schedule(scheduleId),
      rerender: (context, { params: { scheduleId }, form }) =>
        schedulePage(context, scheduleId, { action, state: form }),
    }),
  ),
  defineRoute({
    method: 'POST',
    path: '/api/admin/schedules/:scheduleId/backfill',
    access: 'schedules.manage',
    summary: 'Start the runs that were planned in a past span of time, at most 200',
    params: shapes.scheduleParams,
    body: shapes.backfillBody,
    response: z.object({ id: z.string(), runs: z.number().int() }),
    errors: missing,
    handle: async (context, { params: { scheduleId }, body }) => ({
      id: scheduleId,
      runs: await backfillSchedule(context, scheduleId, body, idempotencyKeyOf(context)),
    }),
  }),
  ...(['pause', 'resume'] as const).flatMap((action) =>
    defineAction({
      paths: { api: `/api/admin/schedules/${action}-all`, form: `/admin/schedules/${action}-all` },
      access: 'schedules.manage',
      summary: `${action} of every schedule of a tenant or of the platform, with a reason`,
      body: shapes.allBody,
      formBody: shapes.allBody.extend(formKey),
      response: z.object({ changed: z.number().int() }),
      errors: ['tenant.not-found', 'schedule.outcome-unknown', 'service.unavailable'],
      run: (context, { body }) => actOnAll(context, action, body, keyOf(context, body)),
      answer: async (_context, changed) => ({ changed }),
      done: (changed) => schedulesCopy.all.done[action](changed),
      then: (_changed, { body: { tenantId } }) => withQuery(paths.schedules, { tenant: tenantId }),
      rerender: (context, { form }) =>
        schedulesPage(context, tenantIn(form.values ?? {}), { action, state: form }),
    }),
  ),
];

/** When processes start at planned times. */
export const schedulesArea: Area = {
  side: 'admin',
  nav: [
    {
      title: schedulesCopy.title,
      href: paths.schedules,
      icon: 'calendar-time',
      group: 'Operations',
      permission: 'schedules.read',
      tabOf: paths.workflows,
    },
  ],
  routes: [...api, ...pages, ...actions, ...forms],
  commands: () => [
    { title: schedulesCopy.create, words: 'cron', href: paths.newSchedule, permission: 'schedules.manage' },
  ],
};
