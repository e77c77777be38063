import { type ApiClient, unlessThere } from './api-client.ts';
import { otherBusinesses } from './businesses.ts';
import type { Demo, DemoPart } from './demo.ts';
import { approvingColleague } from './people.ts';
import { expiringKey } from './stand-ins/mailchimp.ts';
import { dayMs } from '../../../db/domain/time.ts';

interface Use {
  server: string;
  tool: string;
  arguments: Record<string, unknown>;
}

/** Connects a server unless it is, or was, connected. */
async function connect(
  client: ApiClient,
  server: string,
  credentials: Record<string, string>,
): Promise<void> {
  const path = `/api/client/integrations/${server}`;
  const { account } = await client.call<{ account: string | null }>('GET', path);
  if (account === null) await client.call('POST', `${path}/connect`, credentials);
}

/** Calls a tool, once for each key; a refusal of the vendor is part of the picture. */
const use = (client: ApiClient, { server, tool, arguments: args }: Use, requestKey: string) =>
  client.call<{ callId: string; approvalId?: string }>('POST', `/api/client/tools/${tool}/calls`, {
    server,
    arguments: args,
    requestKey,
  });

const refund = (payment: string, minor: number): Use => ({
  server: 'stripe',
  tool: 'stripe_create_refund',
  arguments: { payment_intent_id: payment, amount: { minor, currency: 'EUR' } },
});

const reads: readonly Use[] = [
  { server: 'stripe', tool: 'stripe_get_balance', arguments: {} },
  { server: 'stripe', tool: 'stripe_list_customers', arguments: { limit: 10 } },
  { server: 'stripe', tool: 'stripe_list_customers', arguments: { limit: 3 } },
  { server: 'trello', tool: 'trello_list_boards', arguments: {} },
  // A board that is not there: the vendor's error is part of the picture.
  { server: 'trello', tool: 'trello_list_lists', arguments: { board_id: '64f0000000000000000000ff' } },
];

/** A business that connects, reads, is refused once by the vendor, and asks for approvals. */
async function useTools(demo: Demo, person: { email: string }, approver = person): Promise<void> {
  const client = await demo.as(person);
  await connect(client, 'stripe', { apiKey: 'rk_test_demo0000000000' });
  await connect(client, 'trello', {
    apiKey: '0123456789abcdef0123456789abcdef',
    token: `ATTA${'0'.repeat(60)}`,
  });
  for (const [index, one] of reads.entries()) await use(client, one, `demo-read-${index}`);
  const refused = await use(client, refund('pi_missing', 500), 'demo-refund-missing');
  if (refused.approvalId) {
    const path = `/api/approvals/${refused.approvalId}`;
    const decider = await demo.as(approver);
    const { argumentsHash } = await decider.call<{ argumentsHash: string }>('GET', path);
    const approval = { decision: 'approved', reason: 'The customer has returned the order', argumentsHash };
    const approve = () => decider.call('POST', `${path}/decision`, approval);
    await unlessThere(approve, 'approval.already-decided', 'approval.expired', 'run.ended');
  }
  await use(client, refund('pi_Demo1', 1_250), 'demo-refund');
}

/** Mailchimp took the key when it was entered and refuses it since. */
async function loseConnection(demo: Demo, person: { email: string }): Promise<void> {
  const client = await demo.as(person);
  await connect(client, 'mailchimp', { accessToken: expiringKey });
  const { state } = await client.call<{ state: string }>('GET', '/api/client/integrations/mailchimp');
  if (state === 'connected') await client.call('POST', '/api/client/integrations/mailchimp/test', {});
}

const thirdParty = {
  name: 'planner-crm',
  title: 'Planner CRM',
  summary: 'Contacts and appointments of a customer’s own CRM.',
  category: 'customers',
  docsUrl: 'https://planner-crm.example/docs',
  source: { kind: 'remote', url: 'https://planner-crm.example/mcp' },
  fields: [{ label: 'API key', sentAs: 'Authorization', secret: true, optional: false }],
  reason: 'Three customers asked for it',
};

/** What an administrator has to look at: a server in review, a quarantined tool, one that is retired next month. */
async function prepareRegistry(demo: Demo): Promise<void> {
  const admin = await demo.as('admin');
  await unlessThere(
    () => admin.call('POST', '/api/admin/integrations/servers', thirdParty),
    'server.name-taken',
    'run.conflict',
  );
  const quarantine = '/api/admin/integrations/servers/trello/tools/trello_update_card/quarantine';
  await admin.call('POST', quarantine, { reason: 'Its new version archives cards without asking' });
  const lastDay = new Date(Date.now() + 45 * dayMs).toISOString().slice(0, 10);
  await unlessThere(
    () =>
      admin.call('POST', '/api/admin/integrations/servers/zapier/deprecate', {
        lastDay,
        notice: 'Direct integrations replace it.',
        reason: 'Every workflow that used it has a direct integration',
      }),
    'run.conflict',
    'request.invalid',
  );
}

export const integrationsDemo: DemoPart = {
  title: 'integrations',
  async plant(demo, progress) {
    const live = otherBusinesses.filter(({ until, trouble }) => until === 'live' && !trouble);
    const [first, second] = live;
    const work = [
      () => useTools(demo, demo.own, approvingColleague),
      ...(first ? [() => useTools(demo, first)] : []),
      ...(second ? [() => loseConnection(demo, second)] : []),
      () => prepareRegistry(demo),
    ];
    for (const [index, one] of work.entries()) {
      await one();
      progress(index + 1, work.length);
    }
  },
};
