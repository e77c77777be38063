import { z } from 'zod';
import type { Tx } from '../../../db/scope.ts';
import { reason, text } from '../../../db/domain/common.ts';
import { AppError } from '../../../db/domain/errors.ts';
import { newId } from '../../../db/domain/ids.ts';
import { kebabName, serverRecord } from '../../../db/domain/integrations/servers.ts';
import * as registry from '../../../db/repos/integrations/servers.ts';
import { actionsCopy, oauthClientCopy } from '../../../templates/admin/integrations/copy/server.ts';
import { paths } from '../../../templates/paths.ts';
import { disableServerContract } from '../../../workflows/integrations/disable-server.contract.ts';
import type { RequestContext } from '../../kit/context.ts';
import type { AnyRoute } from '../../kit/route.ts';
import { serverAction } from './act.ts';
import { readServer } from './read.ts';
import { removed, serverDetail, serverParams } from './schemas.ts';
import { serverPage } from './view.ts';

type Params = z.output<typeof serverParams>;

/** An action on one server; when rejected, its dialog opens on the page again. */
function pageAction<B extends z.ZodType>(spec: {
  action: string;
  stepUp?: true;
  summary: string;
  body: B;
  errors?: readonly string[];
  done: string;
  run(context: RequestContext, server: string, body: z.output<B>): Promise<void>;
}): AnyRoute[] {
  const { action, summary, body, done, errors = [] } = spec;
  return serverAction({
    path: `/servers/:server/${action}`,
    ...{ summary, body, done },
    ...(spec.stepUp && { stepUp: spec.stepUp }),
    params: serverParams,
    response: serverDetail,
    errors: ['server.not-found', ...errors],
    run: (context, { server }, values) => spec.run(context, server, values),
    answer: async (context, { server }) => (await readServer(context, server)).detail,
    to: ({ server }: Params) => paths.server(server),
    again: (context, { server }, state) => serverPage(context, server, { rejected: { action, state } }),
  });
}

const nothing = z.object({});
const withReason = z.strictObject({ reason });
/** One transaction over everything in this person's scope. */
const inOverview = <T>(context: RequestContext, work: (tx: Tx) => Promise<T>): Promise<T> =>
  context.deps.db.inScope(context.overview(), work);

export const serverActions: AnyRoute[] = [
  ...pageAction({
    action: 'feature',
    summary: 'Feature a server: tenants see it first',
    body: nothing,
    done: actionsCopy.featured,
    run: (context, server) => inOverview(context, (tx) => registry.setFeatured(tx, server, true)),
  }),
  ...pageAction({
    action: 'unfeature',
    summary: 'Stop featuring a server',
    body: nothing,
    done: actionsCopy.unfeatured,
    run: (context, server) => inOverview(context, (tx) => registry.setFeatured(tx, server, false)),
  }),
  ...pageAction({
    action: 'enable',
    summary: 'Enable a server for every tenant',
    body: withReason,
    done: actionsCopy.enable.done,
    run: (context, name, body) =>
      inOverview(context, (tx) => registry.setStatus(tx, { name, status: 'available', ...body })),
  }),
  ...pageAction({
    action: 'disable',
    stepUp: true,
    summary:
      'Disable a server for every tenant immediately and email the owners who use it; connections are kept',
    body: withReason,
    done: actionsCopy.disable.done,
    async run(context, server, body) {
      await inOverview(context, (tx) => registry.getServer(tx, server));
      const actor = context.actor();
      const input = { disableId: newId('call'), server, actor, ...body };
      await context.deps.processes.startWithUpdate(disableServerContract, input, actor, 'disabled', null);
    },
  }),
  ...pageAction({
    action: 'category',
    summary: 'Move a server to another category',
    body: z.strictObject({ category: kebabName }),
    errors: ['category.not-found'],
    done: actionsCopy.move.done,
    run: (context, server, { category }) =>
      inOverview(context, async (tx) => {
        const found = await registry.getServer(tx, server);
        await registry.updateServer(tx, serverRecord.parse({ ...found, category }));
      }),
  }),
  ...pageAction({
    action: 'oauth-client',
    stepUp: true,
    summary: 'Store the platform’s OAuth client at a vendor; the secret can only be written',
    body: z.strictObject({ clientId: text(300), clientSecret: text(2_000) }),
    done: oauthClientCopy.saved,
    async run(context, server, client) {
      const scope = context.overview();
      const { auth } = await inOverview(context, (tx) => registry.getServer(tx, server));
      if (auth.kind !== 'oauth2') {
        throw new AppError('request.invalid', {
          text: oauthClientCopy.notNeeded,
        });
      }
      await context.deps.saveOauthClient(scope.by, server, client);
    },
  }),
  ...serverAction({
    path: '/servers/:server/remove',
    summary: 'Remove a third-party server without connected tenants',
    params: serverParams,
    body: withReason,
    response: removed,
    errors: ['server.not-found', 'server.built-in', 'server.in-use'],
    run: (context, { server }, body) =>
      inOverview(context, (tx) => registry.removeServer(tx, server, body.reason)),
    answer: async (_context, { server }) => ({ removed: server }),
    to: () => paths.registry,
    done: actionsCopy.remove.done,
    again: (context, { server }, state) =>
      serverPage(context, server, { rejected: { action: 'remove', state } }),
  }),
];
