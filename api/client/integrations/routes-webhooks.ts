import { z } from 'zod';
import { paging } from '../../../db/domain/common.ts';
import { kebabName } from '../../../db/domain/integrations/servers.ts';
import { listDeliveries } from '../../../db/repos/integrations/webhook-deliveries.ts';
import { getOfferedServer } from '../../../db/repos/integrations/servers.ts';
import { BroughtSecretPage } from '../../../templates/client/integrations/connection-webhooks.tsx';
import type { RequestContext } from '../../kit/context.ts';
import { pageContextOf } from '../../kit/page-context.ts';
import { type AnyRoute, defineForm, defineRoute } from '../../kit/route.ts';

const params = z.object({ server: kebabName });

/** The secret a service brought, and what the service is called. Throws `server.not-found`. */
async function show(context: RequestContext, server: string) {
  const scope = context.tenant();
  const { title } = await context.deps.db.inScope(scope, (tx) => getOfferedServer(tx, server));
  return { title, secret: await context.deps.revealHandshakeSecret(scope, server) };
}

/** What services tell by themselves. */
export const webhookRoutes: AnyRoute[] = [
  defineForm({
    path: '/app/connections/:server/secret',
    access: 'tools.manage',
    params,
    body: z.strictObject({}),
    async submit(context, { params: { server } }) {
      const { title, secret } = await show(context, server);
      if (secret) {
        await context.loadBadges();
        return BroughtSecretPage({ frame: pageContextOf(context), service: { name: server, title }, secret });
      }
      const text = 'There is nothing to show: it was shown before, or nothing has come yet.';
      return { to: `/app/connections/${server}`, flash: { kind: 'note', text } };
    },
  }),
  defineRoute({
    method: 'POST',
    path: '/api/client/connections/:server/secret',
    access: 'tools.manage',
    summary: 'The secret that a service brought for its notices; once, then null',
    params,
    response: z.object({ secret: z.string().nullable() }),
    errors: ['server.not-found'],
    handle: async (context, { params: { server } }) => ({ secret: (await show(context, server)).secret }),
  }),
  defineRoute({
    method: 'GET',
    path: '/api/client/connections/:server/notices',
    access: 'tools.manage',
    summary: 'What a service has told by itself, newest first; without what it said',
    params,
    query: paging,
    response: z.object({
      items: z.array(z.object({ id: z.string(), type: z.string(), at: z.string() })),
      nextCursor: z.string().nullable(),
    }),
    async handle(context, { params: { server }, query }) {
      const page = await context.deps.db.inScope(context.tenant(), (tx) =>
        listDeliveries(tx, { server, ...query }),
      );
      const items = page.items.map(({ deliveryId: id, eventType: type, receivedAt }) => ({
        id,
        type,
        at: receivedAt.toISOString(),
      }));
      return { items, nextCursor: page.nextCursor };
    },
  }),
];
