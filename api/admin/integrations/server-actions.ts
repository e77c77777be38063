import { z } from 'zod';
import type { Tx } from '../../../db/scope.ts';
import { reason, text } from '../../../db/domain/common.ts';
import { AppError } from '../../../db/domain/errors.ts';
import { kebabName, serverRecord } from '../../../db/domain/integrations/servers.ts';
import * as registry from '../../../db/repos/integrations/servers.ts';
import { serverPath } from '../../../templates/admin/integrations/servers.tsx';
import type { RequestContext } from '../../kit/context.ts';
import type { AnyRoute } from '../../kit/route.ts';
import { serverAction } from './act.ts';
import { readServer } from './read.ts';
import { removed, serverDetail, serverParams } from './schemas.ts';
import { serverPage } from './view.ts';

type Params = z.output<typeof serverParams>;

/** An act on one service; refused, it opens its dialog on the page again. */
function serverAct<B extends z.ZodType>(spec: {
  act: string;
  summary: string;
  body: B;
  errors?: readonly string[];
  done: string;
  run(context: RequestContext, server: string, body: z.output<B>): Promise<void>;
}): AnyRoute[] {
  const { act, summary, body, done, errors = [] } = spec;
  return serverAction({
    path: `/servers/:server/${act}`,
    ...{ summary, body, done },
    params: serverParams,
    response: serverDetail,
    errors: ['server.not-found', ...errors],
    run: (context, { server }, values) => spec.run(context, server, values),
    answer: async (context, { server }) => (await readServer(context, server)).detail,
    to: ({ server }: Params) => serverPath(server),
    again: (context, { server }, state) => serverPage(context, server, { refused: { act, state } }),
  });
}

const nothing = z.object({});
const withReason = z.strictObject({ reason });
/** One transaction over whatever this person may reach. */
const inReach = <T>(context: RequestContext, work: (tx: Tx) => Promise<T>): Promise<T> =>
  context.deps.db.inScope(context.overview(), work);

export const serverActions: AnyRoute[] = [
  ...serverAct({
    act: 'feature',
    summary: 'Show a service first where tenants choose',
    body: nothing,
    done: 'Tenants see this service first now.',
    run: (context, server) => inReach(context, (tx) => registry.setFeatured(tx, server, true)),
  }),
  ...serverAct({
    act: 'unfeature',
    summary: 'Show a service among the others again',
    body: nothing,
    done: 'The service stands among the others again.',
    run: (context, server) => inReach(context, (tx) => registry.setFeatured(tx, server, false)),
  }),
  ...serverAct({
    act: 'enable',
    summary: 'Enable a service for every tenant',
    body: withReason,
    done: 'The service can be used again.',
    run: (context, name, body) =>
      inReach(context, (tx) => registry.setStatus(tx, { name, status: 'available', ...body })),
  }),
  ...serverAct({
    act: 'disable',
    summary: 'Disable a service for every tenant at once; connections and credentials stay',
    body: withReason,
    done: 'The service is disabled. Nobody can use it until you enable it again.',
    run: (context, name, body) =>
      inReach(context, (tx) => registry.setStatus(tx, { name, status: 'disabled', ...body })),
  }),
  ...serverAct({
    act: 'category',
    summary: 'Move a service to another category',
    body: z.strictObject({ category: kebabName }),
    errors: ['category.not-found'],
    done: 'The service has moved.',
    run: (context, server, { category }) =>
      inReach(context, async (tx) => {
        const found = await registry.getServer(tx, server);
        await registry.updateServer(tx, serverRecord.parse({ ...found, category }));
      }),
  }),
  ...serverAct({
    act: 'oauth-client',
    summary: 'Store the platform’s registration at a service; the secret can only be written',
    body: z.strictObject({ clientId: text(300), clientSecret: text(2_000) }),
    done: 'The registration is stored, its secret sealed.',
    async run(context, server, client) {
      const scope = context.overview();
      const { auth } = await inReach(context, (tx) => registry.getServer(tx, server));
      if (auth.kind !== 'oauth2') {
        throw new AppError('request.invalid', {
          text: 'This service needs no registration of the platform.',
        });
      }
      await context.deps.saveOauthClient(scope.by, server, client);
    },
  }),
  ...serverAction({
    path: '/servers/:server/remove',
    summary: 'Remove a service that is not ours and that nobody is connected to',
    params: serverParams,
    body: withReason,
    response: removed,
    errors: ['server.not-found', 'server.built-in', 'server.in-use'],
    run: (context, { server }, body) =>
      inReach(context, (tx) => registry.removeServer(tx, server, body.reason)),
    answer: async (_context, { server }) => ({ removed: server }),
    to: () => '/admin/connections',
    done: 'The service is removed.',
    again: (context, { server }, state) => serverPage(context, server, { refused: { act: 'remove', state } }),
  }),
];
