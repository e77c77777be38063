import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import type { Gateway } from '../../../activities/mcp/gateway/gateway.ts';
import type { Actor } from '../../../db/domain/actor.ts';
import type { SecretStore } from '../../../activities/ports.ts';
import { decideApproval } from '../../../db/repos/approvals/decisions.ts';
import { removeGrant, setGrant } from '../../../db/repos/integrations/grants.ts';
import { syncRegistry } from '../../../workers/sync-registry.ts';
import {
  plantTenant,
  type PlantedTenant,
  scope,
  type TestDatabase,
  testDatabase,
} from '../../support/database.ts';
import {
  connectTenant,
  json,
  type StubVendor,
  stubVendor,
  testGateway,
  testSecrets,
  toolCall,
} from '../../support/tools.ts';

const workflow: Actor = { type: 'workflow', id: 'wf' };
const apiKey = 'rk_test_canary7Jx2LmQ9';
const refusal = (code: string) => (error: { code?: string }) => {
  assert.equal(error.code, code);
  return true;
};

describe('[MCP-G] the gateway', () => {
  let database: TestDatabase;
  let vendor: StubVendor;
  let gateway: Gateway;
  let secrets: SecretStore;
  let tenant: PlantedTenant;
  let owner: Actor;

  before(async () => {
    database = await testDatabase({ filling: syncRegistry });
    vendor = await stubVendor();
    secrets = testSecrets(database.db, randomBytes(32));
    gateway = testGateway(database.db, secrets, { stripe: vendor.url });
  });
  after(async () => {
    await gateway.close();
    await vendor.close();
    await database.close();
  });
  beforeEach(async () => {
    tenant = await plantTenant(database.db);
    owner = { type: 'user', id: tenant.userId };
    await connectTenant({ db: database.db, secrets }, tenant.tenantId, 'stripe', { apiKey });
    vendor.requests.length = 0;
    vendor.answer((_request, response) =>
      json(response, 200, { available: [{ amount: 1050, currency: 'eur' }], pending: [] }),
    );
  });

  const balance = (actor: Actor = workflow, rest = {}) =>
    gateway.call(toolCall(tenant.tenantId, actor, 'stripe_get_balance', {}, rest));
  const events = () =>
    database.db.inScope(
      scope({ tenantId: tenant.tenantId }),
      async (tx) =>
        (await tx
          .sql('events')
          .where({ action: 'tool.called' })
          .orderBy('seq')
          .select('outcome', tx.sql.raw("body -> 'data' as data"))) as {
          outcome: string;
          data: Record<string, unknown>;
        }[],
    );

  it('calls the server with the credentials of the tenant, and writes call and event', async () => {
    const outcome = await balance();
    assert.deepEqual(outcome, {
      kind: 'done',
      result: { available: [{ minor: 1050, currency: 'EUR' }], pending: [] },
    });
    assert.equal(vendor.requests[0]?.headers.authorization, `Bearer ${apiKey}`);
    const [event] = await events();
    assert.deepEqual([event?.outcome, event?.data['result']], ['success', 'ok']);
    assert.ok(!JSON.stringify(event).includes(apiKey));
  });

  it('refuses calls without a connection, a grant or a membership', async () => {
    const other = await plantTenant(database.db);
    const elsewhere = toolCall(other.tenantId, workflow, 'stripe_get_balance');
    await assert.rejects(gateway.call(elsewhere), refusal('tool.not-enabled'));
    await assert.rejects(balance({ type: 'agent', id: 'bookkeeper' }), refusal('tool.not-allowed'));
    await assert.rejects(balance({ type: 'user', id: other.userId }), refusal('tool.not-allowed'));
    await assert.rejects(balance({ type: 'apikey', id: 'key' }), refusal('tool.not-allowed'));
    assert.equal(vendor.requests.length, 0);
    const denied = await events();
    assert.deepEqual(
      denied.map(({ outcome, data }) => [outcome, data['result']]),
      Array(3).fill(['denied', 'tool.not-allowed']),
    );
  });

  it('an agent holds what it was given, tool by tool, until it is taken away', async () => {
    const agent: Actor = { type: 'agent', id: 'bookkeeper' };
    const grant = { server: 'stripe', tool: 'stripe_get_balance', grantee: 'agent:bookkeeper' };
    const inTenant = scope({ tenantId: tenant.tenantId }, tenant.userId);
    await database.db.inScope(inTenant, (tx) => setGrant(tx, grant));
    assert.equal((await balance(agent)).kind, 'done');
    const more = toolCall(tenant.tenantId, agent, 'stripe_list_customers', {});
    await assert.rejects(gateway.call(more), refusal('tool.not-allowed'));
    await database.db.inScope(inTenant, (tx) => removeGrant(tx, grant));
    await assert.rejects(balance(agent), refusal('tool.not-allowed'));
  });

  it('refuses unknown fields and wrong values by name, before the server hears of it', async () => {
    const call = toolCall(tenant.tenantId, workflow, 'stripe_create_customer', {
      name: '',
      email: 'not-an-email',
      apiKey: 'sk_live_stolen',
    });
    await assert.rejects(gateway.call(call), (error: { code: string; fields: Record<string, string> }) => {
      assert.equal(error.code, 'tool.arguments-invalid');
      assert.deepEqual(Object.keys(error.fields).sort(), ['apiKey', 'email', 'name']);
      return true;
    });
    assert.equal(vendor.requests.length, 0);
  });

  it('sets a tool aside whose definition is not the pinned one', async () => {
    const pin = (hash: string) =>
      database.db.inScope(scope('platform'), async (tx) => {
        const where = { server: 'stripe', name: 'stripe_get_balance' };
        const before = (await tx.sql('mcp_tools').where(where).first('pinned_hash')) as {
          pinned_hash: string;
        };
        await tx.sql('mcp_tools').where(where).update({ pinned_hash: hash });
        return before.pinned_hash;
      });
    const right = await pin('0'.repeat(64));
    try {
      await assert.rejects(balance(), refusal('tool.quarantined'));
      assert.equal(vendor.requests.length, 0);
    } finally {
      await pin(right);
    }
    assert.equal((await balance()).kind, 'done');
  });

  describe('approvals', () => {
    const refund = { payment_intent_id: 'pi_1', amount: { minor: 100, currency: 'EUR' } };
    const ask = (args: Record<string, unknown>, rest = {}) =>
      gateway.call(toolCall(tenant.tenantId, owner, 'stripe_create_refund', args, rest));
    const decide = (id: string, decision: 'approved' | 'declined' = 'approved') =>
      database.db.inScope(scope({ tenantId: tenant.tenantId }, tenant.userId), (tx) =>
        decideApproval(tx, { id, decision, reason: 'Customer asked for it' }),
      );
    beforeEach(() =>
      vendor.answer((request, response) =>
        request.method === 'GET'
          ? json(response, 200, { currency: 'eur' })
          : json(response, 200, { id: 're_1', status: 'succeeded', amount: 100, currency: 'eur' }),
      ),
    );

    it('money moves only after a person agreed to these very arguments, and once', async () => {
      const asked = await ask(refund);
      assert.ok(asked.kind === 'approvalRequired');
      const { approvalId } = asked;
      await assert.rejects(ask(refund, { approvalId }), refusal('approval.invalid'));
      await decide(approvalId);
      const more = { ...refund, amount: { minor: 101, currency: 'EUR' } };
      await assert.rejects(ask(more, { approvalId }), refusal('approval.invalid'));
      assert.equal(vendor.requests.length, 0);
      const done = await ask(refund, { approvalId });
      assert.equal(done.kind, 'done');
      assert.equal(vendor.requests.filter(({ method }) => method === 'POST').length, 1);
      await assert.rejects(ask(refund, { approvalId }), refusal('approval.invalid'));
      assert.equal(vendor.requests.filter(({ method }) => method === 'POST').length, 1);
    });

    it('the same call again goes through with the approval it used, under the same key at the server', async () => {
      const asked = await ask(refund, { key: 'ask' });
      assert.ok(asked.kind === 'approvalRequired');
      await decide(asked.approvalId);
      const rest = { approvalId: asked.approvalId, key: 'one-call' };
      await ask(refund, rest);
      await ask(refund, { ...rest, attempt: 2 });
      const keys = vendor.requests
        .filter(({ method }) => method === 'POST')
        .map(({ headers }) => headers['idempotency-key']);
      assert.equal(keys.length, 2);
      assert.equal(new Set(keys).size, 1);
    });

    it('an approval is not for another person, nor after a no', async () => {
      const asked = await ask(refund);
      assert.ok(asked.kind === 'approvalRequired');
      await decide(asked.approvalId);
      const asWorkflow = toolCall(tenant.tenantId, workflow, 'stripe_create_refund', refund, {
        approvalId: asked.approvalId,
      });
      await assert.rejects(gateway.call(asWorkflow), refusal('approval.invalid'));
      const second = await ask({ payment_intent_id: 'pi_2' });
      assert.ok(second.kind === 'approvalRequired');
      await decide(second.approvalId, 'declined');
      await assert.rejects(
        ask({ payment_intent_id: 'pi_2' }, { approvalId: second.approvalId }),
        refusal('approval.invalid'),
      );
      assert.equal(vendor.requests.length, 0);
    });
  });

  it('tells a refusal of the server in its own words, without what is secret', async () => {
    vendor.answer((_request, response) =>
      json(response, 402, {
        error: {
          type: 'card_error',
          code: 'card_declined',
          message: `No money on ${apiKey}`,
          param: 'amount',
        },
      }),
    );
    await assert.rejects(balance(), (error: Error & { code: string }) => {
      assert.equal(error.code, 'tool.vendor-failed');
      assert.equal(error.message, 'Stripe: No money on •••');
      return true;
    });
  });

  it('a server that asks to wait is believed, and the wait handed on', async () => {
    vendor.answer((_request, response) =>
      json(response, 429, { error: { message: 'slow down' } }, { 'retry-after': '7' }),
    );
    await assert.rejects(balance(), (error: { code: string; retryAfterMs: number }) => {
      assert.deepEqual([error.code, error.retryAfterMs], ['tool.rate-limited', 7_000]);
      return true;
    });
    assert.equal(vendor.requests.length, 1);
  });

  it('credentials that are refused end the connection until it is made anew', async () => {
    vendor.answer((_request, response) => json(response, 401, { error: { message: 'Invalid API key' } }));
    await assert.rejects(balance(), refusal('connection.needs-reconnect'));
    vendor.requests.length = 0;
    await assert.rejects(balance(), refusal('connection.needs-reconnect'));
    assert.equal(vendor.requests.length, 0);
  });

  it('after five failures in a row the circuit opens, and no call reaches the vendor', async () => {
    vendor.answer((_request, response) => json(response, 500, { error: { message: 'broken' } }));
    for (let i = 0; i < 5; i += 1) await assert.rejects(balance(), refusal('tool.vendor-unavailable'));
    vendor.requests.length = 0;
    await assert.rejects(balance(), (error: { code: string; retryAfterMs: number }) => {
      assert.equal(error.code, 'tool.circuit-open');
      assert.ok(error.retryAfterMs > 1_000);
      return true;
    });
    assert.equal(vendor.requests.length, 0);
  });

  it('an answer too large for anybody is not handed on', async () => {
    const page_url = `https://example.com/${'x'.repeat(30_000)}`;
    const invoice = {
      id: 'in_1',
      currency: 'eur',
      amount_due: 1,
      amount_remaining: 1,
      hosted_invoice_url: page_url,
    };
    vendor.answer((_request, response) =>
      json(response, 200, { data: Array(20).fill(invoice), has_more: false }),
    );
    const call = toolCall(tenant.tenantId, workflow, 'stripe_list_overdue_invoices', {
      due_before: '2026-01-01T00:00:00Z',
    });
    await assert.rejects(gateway.call(call), refusal('tool.result-too-large'));
  });

  it('takes characters out that only machines read', async () => {
    const hidden = 'Ada\u{E0041}\u{E0042}\u0007 Lovelace';
    vendor.answer((_request, response) =>
      json(response, 200, { id: 'cus_1', name: hidden, email: 'a@example.com' }),
    );
    const outcome = await gateway.call(
      toolCall(tenant.tenantId, workflow, 'stripe_create_customer', { name: 'Ada', email: 'a@example.com' }),
    );
    assert.ok(outcome.kind === 'done');
    assert.equal((outcome.result as { name: string }).name, 'Ada Lovelace');
  });

  it('tenants never share a way: each call carries its own credentials', async () => {
    const other = await plantTenant(database.db);
    await connectTenant({ db: database.db, secrets }, other.tenantId, 'stripe', {
      apiKey: 'rk_test_ofTheOther',
    });
    const both = [tenant.tenantId, other.tenantId];
    await Promise.all(
      Array.from({ length: 40 }, (_, i) =>
        gateway
          .call(
            toolCall(both[i % 2] as string, workflow, 'stripe_list_customers', {
              email: `t${i % 2}@example.com`,
            }),
          )
          .catch(() => undefined),
      ),
    );
    for (const { path, headers } of vendor.requests) {
      const wanted = path.includes('t0%40') ? apiKey : 'rk_test_ofTheOther';
      assert.equal(headers.authorization, `Bearer ${wanted}`);
    }
    assert.equal(vendor.requests.length, 40);
  });
});
