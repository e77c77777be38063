import { z } from 'zod';
import { reason } from '../../../../db/domain/common.ts';
import { setupFields } from '../../../../db/domain/runs/schedules/setup.ts';
import { schedulesCopy } from '../../../../templates/admin/runs/schedules/copy.ts';
import { ChooseSchedulePage } from '../../../../templates/admin/runs/schedules/create.tsx';
import { paths } from '../../../../templates/paths.ts';
import type { RequestContext } from '../../../kit/context.ts';
import { readForm } from '../../../kit/form-body.ts';
import { idempotencyKey } from '../../../kit/idempotency-key.ts';
import { pageContextOf } from '../../../kit/page-context.ts';
import { defineForm, definePage } from '../../../kit/route.ts';
import { pickOrThrow } from '../../../both/runs/pick.ts';
import { filled } from '../start/trigger.ts';
import { backfillOf, backfillSchedule, changeSchedule, createSchedule, prepareSchedule } from './change.ts';
import { givenSchema, schedulable, schedulables } from './input.ts';
import { readSchedule } from './read.ts';
import { backfillBody, changeBody, listQuery, scheduleParams } from './schemas.ts';
import {
  backfillPage,
  changePage,
  newSchedulePage,
  previewOf,
  schedulePage,
  schedulesPage,
  tokenOf,
} from './view.ts';

const access = 'schedules.manage' as const;
const nameParams = z.object({ name: z.string().regex(/^[a-z]+(?:-[a-z]+)*$/) });

/** What each of these forms carries: the key of the request, and what its person was shown before it. */
const carried = {
  requestKey: idempotencyKey,
  previewed: z.string().max(64).optional().catch(undefined),
};
const newBody = z.strictObject({
  input: z.record(z.string(), z.unknown()).default({}),
  ...setupFields,
  reason,
  ...carried,
});
const changeForm = changeBody.extend(carried);
const backfillForm = backfillBody.extend(carried);

/** The same with the input of one process, so that all that is wrong is told at once. */
function newBodyOf(context: RequestContext, name: string) {
  const schema = givenSchema(schedulable(context, name));
  const read = (given: unknown) => readForm(schema, filled((given ?? {}) as Record<string, unknown>));
  return newBody.extend({ input: z.preprocess(read, schema) });
}

/** What was typed, for the same form with a preview above it. */
const typedIn = ({ request }: RequestContext, body: z.ZodType) => ({
  values: readForm(body, request.body as Record<string, unknown>),
});

export const pages = [
  definePage({
    path: '/admin/schedules',
    access: 'schedules.read',
    query: listQuery,
    show: (context, { query }) => schedulesPage(context, query),
  }),
  definePage({
    path: '/admin/schedules/new',
    access,
    show: async (context) =>
      ChooseSchedulePage({
        frame: pageContextOf(context),
        processes: schedulables(context).map(({ name, title, summary }) => ({
          ...{ name, title, purpose: summary },
        })),
      }),
  }),
  definePage({
    path: '/admin/schedules/new/:name',
    access,
    params: nameParams,
    // A link may fill in a part of the input.
    query: z.record(z.string(), z.string().max(100)).catch({}),
    show: (context, { params, query }) =>
      newSchedulePage(
        context,
        params.name,
        Object.keys(query).length > 0 ? { form: { values: { input: query } } } : {},
      ),
  }),
  definePage({
    path: '/admin/schedules/:scheduleId',
    access: 'schedules.read',
    params: scheduleParams,
    show: (context, { params }) => schedulePage(context, params.scheduleId),
  }),
  definePage({
    path: '/admin/schedules/:scheduleId/change',
    access,
    params: scheduleParams,
    show: (context, { params }) => changePage(context, params.scheduleId),
  }),
  definePage({
    path: '/admin/schedules/:scheduleId/backfill',
    access,
    params: scheduleParams,
    show: (context, { params }) => backfillPage(context, params.scheduleId),
  }),
];

export const forms = [
  defineForm({
    path: '/admin/schedules/new/:name',
    access,
    params: nameParams,
    body: newBody,
    bodyFor: (context, { name }) => newBodyOf(context, name),
    async submit(context, { params: { name }, body: { requestKey, previewed, input: typed, ...body } }) {
      const input = await pickOrThrow(context, typed);
      const given = { ...body, process: name, input };
      await prepareSchedule(context, given);
      const token = tokenOf(input, body.when, body.overlap, body.jitterS, body.catchUpS);
      if (previewed !== token) {
        const form = typedIn(context, newBody);
        return newSchedulePage(context, name, { form, preview: previewOf(body.when, token) });
      }
      const id = await createSchedule(context, given, requestKey);
      return { to: paths.schedule(id), flash: { kind: 'done', text: schedulesCopy.form.created } };
    },
    again: (context, { params, form }) => newSchedulePage(context, params.name, { form }),
  }),
  defineForm({
    path: '/admin/schedules/:scheduleId/change',
    access,
    params: scheduleParams,
    body: changeForm,
    async submit(context, { params: { scheduleId }, body: { requestKey, previewed, ...body } }) {
      const { reason: _reason, ...setup } = body;
      const { schedule } = await readSchedule(context, scheduleId);
      // What it was before counts too: a change by someone else in between is shown first.
      const token = tokenOf(schedule.setup, setup);
      if (previewed !== token) {
        const preview = { ...previewOf(setup.when, token), setup };
        return changePage(context, scheduleId, { form: typedIn(context, changeForm), preview });
      }
      await changeSchedule(context, scheduleId, body, requestKey);
      return {
        to: paths.schedule(scheduleId),
        flash: { kind: 'done', text: schedulesCopy.form.changed },
      };
    },
    again: (context, { params, form }) => changePage(context, params.scheduleId, { form }),
  }),
  defineForm({
    path: '/admin/schedules/:scheduleId/backfill',
    access,
    params: scheduleParams,
    body: backfillForm,
    async submit(context, { params: { scheduleId }, body: { requestKey, previewed, ...body } }) {
      const { schedule } = await readSchedule(context, scheduleId);
      const { firings } = backfillOf(schedule, body);
      const token = tokenOf(firings, body.overlap);
      if (previewed !== token) {
        const times = firings.map(({ atMs }) => new Date(atMs).toISOString());
        const form = typedIn(context, backfillForm);
        return backfillPage(context, scheduleId, { form, preview: { token, times } });
      }
      const count = await backfillSchedule(context, scheduleId, body, requestKey);
      return {
        to: paths.schedule(scheduleId),
        flash: { kind: 'done', text: schedulesCopy.backfill.done(count) },
      };
    },
    again: (context, { params, form }) => backfillPage(context, params.scheduleId, { form }),
  }),
];
