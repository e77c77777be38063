import { z } from 'zod';
import { AppError } from '../../../db/domain/errors.ts';
import { endStates } from '../../../db/domain/progress.ts';
import * as runs from '../../../db/repos/runs/runs.ts';
import type { Scope } from '../../../db/scope.ts';
import { paths } from '../../../templates/paths.ts';
import { RunEnd, type RunEnding } from '../../../templates/ui/followed-run.tsx';
import { contracts } from '../../../workflows/contracts.ts';
import type { RequestContext } from '../../kit/context.ts';
import { streamLive } from '../../kit/live.ts';
import { readLiveRun } from '../../kit/run-view/live.ts';
import { redactText } from '../../kit/run-view/redact.ts';
import { defineRaw } from '../../kit/route.ts';
import { clientHref, staffHref } from './result-hrefs.ts';

const query = z.object({ run: z.string().min(1).max(300) });

interface Followed {
  run: runs.ListedRun;
  steps: runs.RunStep[];
}

/** The run of this id, if the person may know how it ends: it is theirs, or they see or decide such runs. */
async function findFollowed(context: RequestContext, id: string): Promise<Followed | null> {
  const { tenant, userId } = context.person();
  const find = (scope: Scope, isKnown: (run: runs.ListedRun) => boolean) =>
    context.deps.db.inScope({ ...scope, readOnly: true }, async (tx) => {
      const run = await runs.findNewest(tx, id);
      return run && isKnown(run) ? { run, steps: await runs.listSteps(tx, run.runId) } : null;
    });
  const isTheirs = ({ actorId }: runs.ListedRun) => actorId === userId;
  if (tenant) return find(context.tenant(), (run) => isTheirs(run) || context.can('approvals.manage'));
  const seen = context.can('runs.read') ? await find(context.overview(), () => true) : null;
  // Of the platform's own runs a partner reaches what the partner started.
  return seen ?? find(context.scope('platform'), isTheirs);
}

/** The step at which a run stays until its reader does something about it. */
function heldStep({ run, steps }: Followed, isClient: boolean): runs.RunStep | undefined {
  const step = steps.find((one) => one.step === run.currentStep);
  if (run.state === 'needsAttention') return step;
  return run.state === 'waiting' && !isClient && step?.waitingFor === 'administrator' ? step : undefined;
}

/** Whether Temporal says the same: the projection is a moment behind, and what was just retried was held before. */
async function isStill(context: RequestContext, run: runs.ListedRun): Promise<boolean> {
  const live = await readLiveRun(context.deps.processes, run);
  return live.state === run.state && live.progress?.currentStep === run.currentStep;
}

/** How a run ended, or that it needs help; null while it is under way, is not known yet, or is none of theirs. */
async function readEnding(context: RequestContext, id: string): Promise<RunEnding | null> {
  const isClient = context.person().tenant !== null;
  const found = await findFollowed(context, id);
  if (!found) return null;
  const { run, steps } = found;
  const held = heldStep(found, isClient);
  if (!endStates.includes(run.state) && !(held && (await isStill(context, run)))) return null;
  const error = steps.findLast(({ errorMessage }) => errorMessage !== null)?.errorMessage;
  const contract = contracts[run.process];
  const pending =
    run.state === 'waiting' ? contract?.steps.find(({ key }) => key === held?.step)?.pending : undefined;
  return {
    title: contract?.title ?? run.process,
    state: run.state,
    cause: run.state === 'done' || !error ? null : redactText(error),
    ...(pending && { pending }),
    href: isClient ? clientHref(run) : staffHref(run),
  };
}

/** Sends how a run ended once it has, and nothing before. */
async function follow(context: RequestContext): Promise<void> {
  const asked = query.safeParse(context.request.query);
  if (!asked.success) throw new AppError('request.malformed');
  await streamLive(context, async () => {
    const ending = await readEnding(context, asked.data.run);
    return {
      version: ending?.state ?? 'under way',
      isOver: ending !== null,
      render: () => ending && RunEnd({ ending }),
    };
  });
}

/** The live end of a message about a run. */
export const followRoutes = [
  defineRaw({ path: paths.followRun, access: 'signed-in', serve: (context) => follow(context) }),
];
