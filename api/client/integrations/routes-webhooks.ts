import { z } from 'zod';
import { paging } from '../../../db/domain/common.ts';
import { kebabName } from '../../../db/domain/integrations/servers.ts';
import { listDeliveries } from '../../../db/repos/integrations/webhook-deliveries.ts';
import { getOfferedServer } from '../../../db/repos/integrations/servers.ts';
import { WebhookSecretPage } from '../../../templates/client/integrations/connection-webhooks.tsx';
import { webhooksCopy } from '../../../templates/client/integrations/copy.ts';
import { paths } from '../../../templates/paths.ts';
import type { RequestContext } from '../../kit/context.ts';
import { pageContextOf } from '../../kit/page-context.ts';
import { type AnyRoute, defineForm, defineRoute } from '../../kit/route.ts';

const params = z.object({ server: kebabName });

/** The verification token a vendor sent, and the title of the server. Throws `server.not-found`. */
async function reveal(context: RequestContext, server: string) {
  const scope = context.tenant();
  const { title } = await context.deps.db.inScope(scope, (tx) => getOfferedServer(tx, server));
  return { title, secret: await context.deps.revealHandshakeSecret(scope, server) };
}

/** Webhook deliveries and the verification token of the handshake. */
export const webhookRoutes: AnyRoute[] = [
  defineForm({
    path: '/app/integrations/:server/webhook-secret',
    access: 'tools.manage',
    whileViewing: 'never',
    params,
    body: z.strictObject({}),
    async submit(context, { params: { server } }) {
      const { title, secret } = await reveal(context, server);
      if (secret) {
        await context.loadBadges();
        return WebhookSecretPage({ frame: pageContextOf(context), server: { name: server, title }, secret });
      }
      return { to: paths.integration(server), flash: { kind: 'note', text: webhooksCopy.nothingToShow } };
    },
  }),
  defineRoute({
    method: 'POST',
    path: '/api/client/integrations/:server/webhook-secret',
    access: 'tools.manage',
    whileViewing: 'never',
    summary: 'The verification token for webhooks; returned once, then null',
    params,
    response: z.object({ secret: z.string().nullable() }),
    errors: ['server.not-found'],
    handle: async (context, { params: { server } }) => ({ secret: (await reveal(context, server)).secret }),
  }),
  defineRoute({
    method: 'GET',
    path: '/api/client/integrations/:server/webhook-deliveries',
    access: 'tools.manage',
    summary: 'Webhook deliveries, newest first, without their payload',
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
