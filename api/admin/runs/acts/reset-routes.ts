import { z } from 'zod';
import { AppError } from '../../../../db/domain/errors.ts';
import { resetCopy } from '../../../../templates/admin/runs/acts/reset-copy.ts';
import { ResetPage } from '../../../../templates/admin/runs/acts/reset.tsx';
import { paths } from '../../../../templates/paths.ts';
import { type FormState, textOf } from '../../../../templates/ui/form-state.tsx';
import { defineAction } from '../../../kit/action.ts';
import type { RequestContext } from '../../../kit/context.ts';
import { keptKey } from '../../../kit/idempotency-key.ts';
import { pageContextOf } from '../../../kit/page-context.ts';
import { definePage, defineRoute } from '../../../kit/route.ts';
import { isListed } from '../../shared/listed.ts';
import { runTitle, stepTitle, tenantRef } from '../../shared/names.ts';
import { optionalParam } from '../../shared/query.ts';
import { getRun } from '../read.ts';
import { previewReset, readResettable, resetBody, resetRun } from './reset.ts';

const runParams = z.object({ runId: z.uuid() });
const stepQuery = z.object({ step: optionalParam(z.string().max(60)) });

const effect = z.object({
  kind: z.enum(['email', 'payment', 'vendor']),
  /** `once`: a key keeps it from being done again; `again`: it is done a second time. */
  whenReset: z.enum(['once', 'again']),
  count: z.number().int(),
});
const preview = z.object({
  step: z.string(),
  title: z.string(),
  eventId: z.number().int(),
  at: z.string(),
  again: z.array(z.string()),
  kept: z.array(z.string()),
  effects: z.array(effect),
  undeclared: z.array(z.string()),
  messages: z.array(z.object({ title: z.string(), count: z.number().int() })),
  children: z.number().int(),
  hasParent: z.boolean(),
  isOpen: z.boolean(),
});

/** The run with its points; null where Temporal no longer keeps its history. */
const findResettable = (context: RequestContext, runId: string) =>
  readResettable(context, runId).catch((error: unknown) => {
    if (error instanceof AppError && error.code === 'run.history-gone') return null;
    throw error;
  });

/** Shown for the step that was chosen, where the run has begun it. */
async function resetPage(context: RequestContext, runId: string, step?: string, form?: FormState) {
  const row = await getRun(context, runId);
  const run = await findResettable(context, runId);
  const points = run?.points ?? [];
  const blocked = !run ? resetCopy.historyGone : run.isNewest ? null : resetCopy.superseded;
  const isChosen = points.some((point) => point.step === step);
  return ResetPage({
    frame: pageContextOf(context),
    run: { id: runId, title: runTitle(row.process, tenantRef(row)?.name ?? null) },
    points: points.map((point) => ({ ...point, title: stepTitle(row.process, point.step) })),
    blocked,
    preview: run && step && isChosen ? previewReset(run, step) : null,
    requestKey: keptKey(form?.values ?? {}),
    ...(form && { form }),
  });
}

/** Resetting a run to a step, with its preview. */
export const resetRoutes = [
  defineRoute({
    method: 'GET',
    path: '/api/admin/runs/:runId/reset-preview',
    access: 'runs.control',
    summary: 'The steps a run can be reset to and, for `step`, what a reset to it does',
    params: runParams,
    query: stepQuery,
    response: z.object({
      points: z.array(z.object({ step: z.string(), title: z.string(), at: z.string() })),
      preview: preview.nullable(),
    }),
    errors: ['run.not-found', 'run.history-gone', 'step.not-found', 'step.not-begun'],
    async handle(context, { params, query }) {
      const run = await readResettable(context, params.runId);
      const told = query.step ? previewReset(run, query.step) : null;
      return {
        points: run.points.map(({ step, at }) => ({ step, at, title: stepTitle(run.row.process, step) })),
        preview: told && {
          ...told,
          ...{ again: [...told.again], kept: [...told.kept], effects: [...told.effects] },
          ...{ undeclared: [...told.undeclared], messages: [...told.messages] },
        },
      };
    },
  }),
  definePage({
    path: '/admin/workflows/:runId/reset',
    access: 'runs.control',
    params: runParams,
    query: stepQuery,
    show: (context, { params, query }) => resetPage(context, params.runId, query.step),
  }),
  ...defineAction({
    paths: { api: '/api/admin/runs/:runId/reset', form: '/admin/workflows/:runId/reset' },
    access: 'runs.control',
    summary: 'Reset a run to the beginning of a step, with a reason: a new run continues from there',
    params: runParams,
    body: resetBody,
    response: z.object({ runId: z.string() }),
    errors: ['run.not-found', 'run.history-gone', 'run.superseded', 'step.not-found', 'step.not-begun'],
    async run(context, { params, body }) {
      const done = await resetRun(context, params.runId, body);
      const { process } = await getRun(context, params.runId);
      return { ...done, title: stepTitle(process, body.step), listed: await isListed(context, done.runId) };
    },
    answer: async (_context, { runId }) => ({ runId }),
    done: ({ title, runId }) => ({ kind: 'done', text: resetCopy.done(title), run: runId }),
    // The new run has a page as soon as the projection lists it.
    then: ({ runId, listed }, { params }) => paths.run(listed ? runId : params.runId),
    rerender: (context, { params, form }) =>
      resetPage(context, params.runId, textOf(form.values?.['step']), form),
  }),
];
