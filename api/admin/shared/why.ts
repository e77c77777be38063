import { z } from 'zod';
import type { RunState, WaitKind } from '../../../db/domain/progress.ts';
import { adviceOn, type SafeAction, safeActions, type Tone } from '../../../db/domain/runs/why/advice.ts';
import { type Cause, type CauseCode, causeCodes } from '../../../db/domain/runs/why/cause.ts';
import { explainRun } from '../../../db/domain/runs/why/explain.ts';
import type { RunFacts } from '../../../db/domain/runs/why/facts.ts';
import { waitText } from '../../../templates/admin/runs/copy.ts';
import { askNames, causeText, safeActionTitles } from '../../../templates/admin/runs/why-copy.ts';
import { paths, withQuery } from '../../../templates/paths.ts';
import { dayMs } from '../../../db/domain/time.ts';
import type { RequestContext } from '../../kit/context.ts';
import { redactText } from '../../kit/run-view/redact.ts';

/** A cause in words. */
export interface Why {
  code: CauseCode;
  /** One plain sentence or two. */
  text: string;
  tone: Tone;
  /** The one safe thing to do about it. */
  action: SafeAction | null;
  /** Who can put it right. */
  ask: string | null;
  /** The run to act on; null for a cause of the platform. */
  runId: string | null;
}

/** A shorter wait needs no attention. */
export const longWaitMs = 3 * dayMs;

export function whyFrom(cause: Cause, runId: string | null = null, nowMs: number = Date.now()): Why {
  const { tone, ask, action } = adviceOn(cause);
  return {
    code: cause.code,
    text: causeText(cause, nowMs),
    tone,
    action,
    ask: ask && askNames[ask],
    runId: cause.code === 'childStuck' ? cause.runId : runId,
  };
}

/** Why a run does not move, what must be mended first coming first; empty when it simply runs or has ended well. */
export const whysOf = (run: RunFacts, nowMs: number = Date.now()): Why[] =>
  explainRun(run, nowMs).map((cause) => whyFrom(cause, run.runId ?? null, nowMs));

/** The first of it, for one line; null when there is none. */
export const whyOf = (run: RunFacts, nowMs: number = Date.now()): Why | null => whysOf(run, nowMs)[0] ?? null;

/** The page where a cause is acted on; null where only waiting helps, or the viewer can't open it. */
function hrefOf(context: RequestContext, { action, runId }: Why, tenantId: string | null): string | null {
  switch (action) {
    case null:
      return null;
    case 'remind':
    case 'retry':
    case 'openRun':
      return runId && paths.run(runId);
    case 'openHistory':
      return runId && withQuery(paths.run(runId), { tab: 'history' });
    case 'openApprovals':
      return context.can('tenants.read') ? paths.adminApprovals : null;
    case 'reconnect':
      return tenantId && withQuery(paths.tenant(tenantId), { tab: 'connections' });
    case 'openTenant':
      return tenantId && paths.tenant(tenantId);
    case 'openFreeze':
      if (tenantId) return withQuery(paths.tenant(tenantId), { tab: 'freeze' });
      return context.can('platform.freeze') ? paths.freeze : null;
    case 'openSchedules':
      if (!context.can('schedules.read')) return null;
      return withQuery(paths.schedules, { tenant: tenantId ?? undefined, paused: 'yes' });
    case 'openWorkers':
      return context.can('workers.read') ? paths.workers : null;
  }
}

/** The page where a cause is acted on, as a link; null where there is none, or it is acted on at `shownOn`. */
export function linkOf(
  context: RequestContext,
  why: Why,
  { tenantId, shownOn }: { tenantId: string | null; shownOn?: string },
): { title: string; href: string } | null {
  const { action } = why;
  const href = hrefOf(context, why, tenantId);
  return action && href && href !== shownOn ? { title: safeActionTitles[action], href } : null;
}

/** A cause as the API answers it. */
export const whyItem = z.object({
  code: z.enum(causeCodes),
  text: z.string(),
  ask: z.string().nullable(),
  action: z.object({ kind: z.enum(safeActions), title: z.string(), href: z.string() }).nullable(),
  runId: z.string().nullable(),
});

export function toWhyItem(
  context: RequestContext,
  why: Why,
  tenantId: string | null,
): z.input<typeof whyItem> {
  const { code, text, ask, action, runId } = why;
  const link = linkOf(context, why, { tenantId });
  return {
    code,
    text: redactText(text),
    ask,
    action: action && link ? { kind: action, ...link } : null,
    runId,
  };
}

/** "Waiting for the owner": a state that waits, in a few words; undefined for every other. */
export function stateWords(state: RunState, waitingFor?: WaitKind | null): string | undefined {
  return state === 'waiting' && waitingFor ? waitText(waitingFor) : undefined;
}
