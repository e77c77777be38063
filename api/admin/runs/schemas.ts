import { z } from 'zod';
import { safeActions } from '../../../db/domain/runs/why/advice.ts';
import { causeCodes } from '../../../db/domain/runs/why/cause.ts';
import { nextKinds, runStates, stepStates, waitKinds } from '../../../db/domain/progress.ts';
import type { ListedRun } from '../../../db/repos/runs/runs.ts';
import { redactText } from '../../kit/run-view/redact.ts';
import { runTitle, stepTitle, tenantRef } from '../shared/names.ts';
import { optionalParam, isoOf, paged, sortOf, words } from '../shared/query.ts';
import type { RunRead } from './read.ts';

const flag = z.preprocess(
  (value) => (value === '' ? undefined : value),
  z
    .enum(['true', 'false'])
    .transform((value) => value === 'true')
    .optional(),
);

export const runQuery = z.object({
  q: words,
  process: optionalParam(z.string().max(60)),
  state: optionalParam(z.enum(runStates)),
  tenant: optionalParam(z.string().max(60)),
  needsAttention: flag,
  /** Days on which it ended, UTC, both included. */
  endedFrom: optionalParam(z.iso.date()),
  endedTo: optionalParam(z.iso.date()),
  version: optionalParam(z.string().max(60)),
  /** The step it is at or, with `cause`, failed at. */
  step: optionalParam(z.string().max(60)),
  cause: optionalParam(z.string().max(60)),
  retried: flag,
  late: flag,
  slowerThanMs: optionalParam(z.coerce.number().int().min(1)),
  sort: sortOf(['started']),
  ...paged,
});
export type RunQuery = z.output<typeof runQuery>;

const next = z
  .object({ kind: z.enum(nextKinds), at: z.string(), closesAt: z.string().optional() })
  .nullable();

const stepNote = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('removed'), count: z.number().int(), more: z.boolean() }),
  z.object({ kind: z.literal('items'), total: z.number().int(), settled: z.number().int() }),
  z.object({ kind: z.literal('problem'), message: z.string() }),
]);

/** One run of the list, as the projection knows it. */
export const runItem = z.object({
  runId: z.string(),
  workflowId: z.string(),
  process: z.string(),
  title: z.string(),
  tenant: z.object({ id: z.string(), name: z.string().nullable() }).nullable(),
  subject: z.string(),
  actorId: z.string().nullable(),
  state: z.enum(runStates),
  currentStep: z.string().nullable(),
  needsAttention: z.boolean(),
  attempts: z.number().int(),
  next,
  startedAt: z.string(),
  closedAt: z.string().nullable(),
});

/** One run as it is now. */
export const runDetail = runItem.omit({ attempts: true }).extend({
  source: z.enum(['temporal', 'projection']),
  workerAvailable: z.boolean(),
  steps: z.array(
    z.object({
      key: z.string(),
      title: z.string(),
      state: z.enum(stepStates),
      since: z.string(),
      attempts: z.number().int(),
      waitingFor: z.enum(waitKinds).optional(),
      note: stepNote.optional(),
      error: z.object({ code: z.string(), message: z.string() }).optional(),
    }),
  ),
  pendingActivities: z.array(
    z.object({
      id: z.string(),
      activity: z.string(),
      state: z.string(),
      attempt: z.number().int(),
      lastFailure: z.object({ code: z.string(), message: z.string() }).nullable(),
      nextTryAt: z.string().nullable(),
      /** Set while it is paused: since when, and the id of who paused it. */
      hold: z.object({ since: z.string().nullable(), by: z.string().nullable() }).nullable(),
    }),
  ),
  /** Paused in Temporal: no code of it runs until it is resumed. */
  paused: z.boolean(),
  /** The first of all causes; `/api/admin/why?run=` answers with every one. */
  why: z
    .object({
      code: z.enum(causeCodes),
      text: z.string(),
      action: z.enum(safeActions).nullable(),
      ask: z.string().nullable(),
    })
    .nullable(),
});

export function toItem(run: ListedRun): z.input<typeof runItem> {
  const { nextKind, nextAt } = run;
  const tenant = tenantRef(run);
  return {
    ...run,
    title: runTitle(run.process, tenant?.name ?? null),
    tenant,
    next: nextKind && nextAt ? { kind: nextKind, at: nextAt.toISOString() } : null,
    startedAt: run.startedAt.toISOString(),
    closedAt: isoOf(run.closedAt),
  };
}

export function toDetail(run: RunRead): z.input<typeof runDetail> {
  const { row, state, progress, closedAt, pending, whys } = run;
  const [why] = whys;
  return {
    ...toItem(row),
    state,
    currentStep: closedAt ? null : progress.currentStep,
    needsAttention: !closedAt && state === 'needsAttention',
    next: closedAt ? null : (progress.next ?? null),
    closedAt,
    source: run.source,
    workerAvailable: run.workerAvailable,
    paused: run.isPaused,
    steps: progress.steps.map((step) => ({ ...step, title: stepTitle(row.process, step.key) })),
    pendingActivities: pending.map((work) => ({
      ...work,
      lastFailure: work.lastFailure && { ...work.lastFailure, message: redactText(work.lastFailure.message) },
    })),
    why: why ? { code: why.code, text: redactText(why.text), action: why.action, ask: why.ask } : null,
  };
}
