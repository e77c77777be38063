import { z } from 'zod';
import { serverTitles } from '../../../db/repos/integrations/servers.ts';
import * as runs from '../../../db/repos/runs/runs.ts';
import { ActivityPage, type OwnRun } from '../../../templates/public/runs/activity.tsx';
import { contracts } from '../../../workflows/contracts.ts';
import { noteActivitySeen } from '../../kit/activity-seen.ts';
import type { RequestContext } from '../../kit/context.ts';
import { pageContextOf } from '../../kit/page-context.ts';
import { definePage, defineRoute } from '../../kit/route.ts';
import { clientHref, staffHref } from './result-hrefs.ts';

const query = z.object({
  cursor: z.string().max(500).optional(),
  limit: z.coerce.number().int().min(1).max(100).default(30),
});

const ownRun = z.object({
  runId: z.string(),
  title: z.string(),
  about: z.string().nullable(),
  server: z.string().nullable(),
  state: z.string(),
  startedAt: z.string(),
  endedAt: z.string().nullable(),
  href: z.string().nullable(),
});

/** The runs this person started, the newest first. */
async function readOwn(context: RequestContext, paging: z.output<typeof query>) {
  const { userId, tenant, partnerId } = context.person();
  // A partner starts runs that belong to the platform, whose rows partners do not reach themselves.
  const scope = tenant ? context.tenant() : context.scope('platform');
  const { page, titles } = await context.deps.db.inScope(scope, async (tx) => ({
    page: await runs.list(tx, { ...paging, actorId: userId, ...(partnerId && { partnerId }) }),
    titles: await serverTitles(tx),
  }));
  const items = page.items.map((run): OwnRun => {
    const { title = run.process, about } = contracts[run.process] ?? {};
    return {
      runId: run.runId,
      title,
      about: about === 'server' ? (titles.get(run.subject) ?? run.subject) : tenant ? null : run.tenantName,
      server: about === 'server' ? run.subject : null,
      state: run.state,
      startedAt: run.startedAt.toISOString(),
      endedAt: run.closedAt?.toISOString() ?? null,
      href: tenant ? clientHref(run) : staffHref(run),
    };
  });
  return { items, nextCursor: page.nextCursor };
}

/** What the bell in the top bar opens: tasks keep running when a page is left, and their results are here. */
export const activityRoutes = [
  defineRoute({
    method: 'GET',
    path: '/api/activity',
    access: 'signed-in',
    summary: 'The runs the signed-in person started, newest first',
    query,
    response: z.object({ items: z.array(ownRun), nextCursor: z.string().nullable() }),
    handle: (context, input) => readOwn(context, input.query),
  }),
  definePage({
    path: '/activity',
    access: 'signed-in',
    query,
    async show(context, input) {
      noteActivitySeen(context.response);
      context.badges = { ...context.badges, hasUnseen: false };
      const { items, nextCursor } = await readOwn(context, input.query);
      return ActivityPage({
        frame: pageContextOf(context),
        runs: items,
        cursor: input.query.cursor,
        nextCursor,
      });
    },
  }),
];
