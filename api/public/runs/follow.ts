import { z } from 'zod';
import { AppError } from '../../../db/domain/errors.ts';
import { endStates, type RunState } from '../../../db/domain/progress.ts';
import * as runs from '../../../db/repos/runs/runs.ts';
import { paths } from '../../../templates/paths.ts';
import { RunEnd, type RunEnding } from '../../../templates/ui/followed-run.tsx';
import { contracts } from '../../../workflows/contracts.ts';
import type { RequestContext } from '../../kit/context.ts';
import { streamLive } from '../../kit/live.ts';
import { redactText } from '../../kit/run-view/redact.ts';
import { defineRaw } from '../../kit/route.ts';
import { clientHref, staffHref } from './result-hrefs.ts';

const query = z.object({ run: z.string().min(1).max(300) });

/** Whether the person may know how a run ends: it is theirs, or they see or decide such runs. */
function mayFollow(context: RequestContext, { actorId }: runs.ListedRun): boolean {
  const { partnerId, tenant, userId } = context.person();
  if (actorId === userId) return true;
  // Rows of a tenant are limited to it; a partner reaches only what the partner started.
  return tenant ? context.can('tools.approve') : !partnerId && context.can('runs.read');
}

/** States in which a run stays until a person does something about it. */
const held: readonly RunState[] = ['needsAttention'];

/** How a run ended, or that it needs help; null while it is under way, is not known yet, or is none of theirs. */
async function readEnding(context: RequestContext, id: string): Promise<RunEnding | null> {
  const isClient = context.person().tenant !== null;
  const scope = isClient ? context.tenant() : context.scope('platform');
  return context.deps.db.inScope({ ...scope, readOnly: true }, async (tx) => {
    const run = await runs.findNewest(tx, id);
    if (!run || !mayFollow(context, run)) return null;
    if (!endStates.includes(run.state) && !held.includes(run.state)) return null;
    const steps = await runs.listSteps(tx, run.runId);
    const error = steps.findLast(({ errorMessage }) => errorMessage !== null)?.errorMessage;
    return {
      title: contracts[run.process]?.title ?? run.process,
      state: run.state,
      cause: run.state === 'done' || !error ? null : redactText(error),
      href: isClient ? clientHref(run) : staffHref(run),
    };
  });
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
