import assert from 'node:assert/strict';
import { type Platform, startPlatform } from '../../../support/api.ts';
import { decideApproval } from '../../../support/approvals.ts';
import { json, standIn, type StubVendor, stubVendor } from '../../../support/tools.ts';
import { eventually } from '../../../support/world.ts';

const apiKey = 'rk_test_canary7Jx2LmQ9';

describe('[MCP-R1] [MCP-R2] [MCP-G] servers of a tenant', function () {
  this.timeout(90_000);
  let platform: Platform;
  let vendor: StubVendor;
  type Owner = Awaited<ReturnType<Platform['business']>>;
  let owner: Owner;

  before(async () => {
    [platform, vendor] = await Promise.all([startPlatform(), stubVendor()]);
    standIn(platform.world, 'stripe', vendor.url);
    owner = await platform.business();
    vendor.answer(({ method, path, body }, response) => {
      if (path === '/v1/balance') {
        return json(response, 200, { available: [{ amount: 4200, currency: 'eur' }], pending: [] });
      }
      if (body.includes('pi_gone')) return json(response, 404, { error: { message: 'No such payment' } });
      if (method === 'GET') return json(response, 200, { currency: 'eur' });
      return json(response, 200, { id: 're_1', status: 'succeeded', amount: 900, currency: 'eur' });
    });
  });
  after(async () => {
    await platform.stop();
    await vendor.close();
  });

  const connect = (who: Owner = owner, values: Record<string, unknown> = { apiKey }) =>
    who.call('POST', '/api/client/integrations/stripe/connect', values);

  /** The newest decision as the page shows it, once the call it was given for has ended. */
  async function whenUsed(approvalId: string): Promise<string> {
    await eventually(
      async () => (await owner.call('GET', '/api/approvals?state=used')).body.items,
      (items: { id: string; outcome: string | null }[]) =>
        items.some(({ id, outcome }) => id === approvalId && outcome !== null),
    );
    const page = (await owner.call('GET', '/app/approvals?tab=decided')).text;
    return /<caption[^>]*>Decided[\s\S]*?<tbody>[\s\S]*?<\/tr>/.exec(page)?.[0] ?? page;
  }

  it('lists every server with its state, and finds one by name, category and state', async () => {
    const all = await owner.call('GET', '/api/client/integrations');
    assert.equal(all.status, 200, all.text);
    assert.ok(all.body.items.length >= 20);
    const found = await owner.call(
      'GET',
      '/api/client/integrations?q=strip&category=payments&state=available',
    );
    assert.deepEqual(
      found.body.items.map(({ name }: { name: string }) => name),
      ['stripe'],
    );
    const page = await owner.call('GET', '/app/integrations?q=strip');
    assert.ok(page.text.includes('Stripe') && !page.text.includes('Xero'));
  });

  it('422: values that do not fit are told field by field, and nothing is kept', async () => {
    const wrong = await connect(owner, { apiKey: 'no key', other: 'x' });
    assert.equal(wrong.status, 422);
    assert.deepEqual(Object.keys(wrong.body.fields).sort(), ['apiKey', 'other']);
    assert.equal((await connect(owner, {})).status, 422);
  });

  it('connects after the server has said yes, and only then', async () => {
    const refused = await platform.business();
    vendor.requests.length = 0;
    const before = vendor.requests.length;
    const answer = await connect();
    assert.equal(answer.status, 201, answer.text);
    assert.equal(vendor.requests.length, before + 1);
    const one = await owner.call('GET', '/api/client/integrations/stripe');
    assert.equal(one.body.state, 'connected');
    assert.ok(!one.text.includes(apiKey));
    const other = await refused.call('GET', '/api/client/integrations/stripe');
    assert.equal(other.body.state, 'available');
  });

  it('uses a tool, answers with its result, and keeps a receipt', async () => {
    const answer = await owner.call('POST', '/api/client/tools/stripe_get_balance/calls', {
      server: 'stripe',
    });
    assert.equal(answer.status, 200, answer.text);
    assert.deepEqual(answer.body.result.available, [{ minor: 4200, currency: 'EUR' }]);
    const receipts = await owner.call('GET', '/api/client/tool-calls?server=stripe');
    assert.equal(receipts.body.items[0].outcome, 'ok');
    const page = await owner.call(
      'GET',
      `/app/integrations/stripe/tools/stripe_get_balance?call=${answer.body.callId}`,
    );
    assert.equal(page.status, 200, page.text);
    assert.ok(page.text.includes('4200'));
  });

  it('the same request key is the same call', async () => {
    vendor.requests.length = 0;
    const ask = () =>
      owner.call('POST', '/api/client/tools/stripe_get_balance/calls', {
        server: 'stripe',
        requestKey: 'once',
      });
    const [first, second] = [await ask(), await ask()];
    assert.deepEqual([first.status, second.status], [200, 200], second.text);
    assert.equal(first.body.callId, second.body.callId);
    assert.equal(vendor.requests.length, 1);
  });

  it('money waits for a person: shown with its values, done after the yes', async () => {
    vendor.requests.length = 0;
    const asked = await owner.call('POST', '/api/client/tools/stripe_create_refund/calls', {
      server: 'stripe',
      arguments: { payment_intent_id: 'pi_1' },
    });
    assert.equal(asked.body.status, 'waiting', asked.text);
    assert.equal(vendor.requests.length, 0);
    const list = await owner.call('GET', '/app/approvals');
    assert.ok(list.text.includes('Refund payment'));
    const page = await owner.call('GET', `/app/approvals/${asked.body.approvalId}`);
    assert.ok(page.text.includes('pi_1') && page.text.includes('Approve and run'));
    const short = await decideApproval(owner, asked.body.approvalId, { reason: 'ok' });
    assert.equal(short.status, 422);
    const decided = await decideApproval(owner, asked.body.approvalId);
    assert.equal(decided.status, 200, decided.text);
    const again = await decideApproval(owner, asked.body.approvalId);
    assert.deepEqual([again.status, again.body.code], [409, 'approval.already-decided']);
    assert.match(await whenUsed(asked.body.approvalId), /Approved and run/);
  });

  it('says of an approved call that failed that it failed, and not that it is done', async () => {
    const asked = await owner.call('POST', '/api/client/tools/stripe_create_refund/calls', {
      server: 'stripe',
      arguments: { payment_intent_id: 'pi_gone' },
    });
    const decided = await decideApproval(owner, asked.body.approvalId);
    assert.equal(decided.status, 200, decided.text);
    assert.match(await whenUsed(asked.body.approvalId), /Approved, then failed/);
    const { body } = await owner.call('GET', '/api/approvals?state=used&limit=1');
    assert.equal(body.items[0].outcome, 'tool.vendor-failed');
  });

  it('403: a member neither connects nor gives tools nor agrees', async () => {
    const member = await platform.colleague(owner.tenantId, 'member');
    for (const [method, path, body] of [
      ['POST', '/api/client/integrations/stripe/connect', { apiKey }],
      ['PUT', '/api/client/integrations/stripe/grants', { grants: [] }],
      ['POST', '/api/client/integrations/stripe/disconnect', {}],
    ] as const) {
      assert.equal((await member.call(method, path, body)).status, 403, path);
    }
    const money = await member.call('POST', '/api/client/tools/stripe_create_refund/calls', {
      server: 'stripe',
      arguments: { payment_intent_id: 'pi_1' },
    });
    assert.deepEqual([money.body.status, money.body.error?.code], ['failed', 'tool.not-allowed']);
  });

  it('gives tools to agents and takes them away, and says what changed', async () => {
    const one = await owner.call('GET', '/api/client/integrations/stripe');
    const held: string[] = one.body.tools.flatMap(
      ({ name, grantees }: { name: string; grantees: string[] }) =>
        grantees.map((grantee) => `${name} ${grantee}`),
    );
    const save = (grants: string[]) =>
      owner.call('PUT', '/api/client/integrations/stripe/grants', { grants });
    const added = await save([...held, 'stripe_get_balance agent:bookkeeper']);
    assert.deepEqual([added.status, added.body], [200, { added: 1, removed: 0 }]);
    assert.deepEqual((await save(held)).body, { added: 0, removed: 1 });
    assert.equal((await save(['stripe_get_balance agent:unknown'])).status, 422);
  });

  const askForRefund = async (payment_intent_id: string) =>
    (
      await owner.call('POST', '/api/client/tools/stripe_create_refund/calls', {
        server: 'stripe',
        arguments: { payment_intent_id },
      })
    ).body as { callId: string; approvalId: string };
  async function agreeTo(approvalId: string): Promise<unknown[]> {
    const answer = await decideApproval(owner, approvalId);
    return [answer.status, answer.body.code];
  }

  it('409: a call of a disconnected server can’t be approved', async () => {
    const { approvalId } = await askForRefund('pi_between');
    const put = (status: string) =>
      platform.world.database.owner(
        `update mcp_connections set status = $2 where tenant_id = $1 and server = 'stripe'`,
        [owner.tenantId, status],
      );
    await put('disconnected');
    assert.deepEqual(await agreeTo(approvalId), [409, 'connection.missing']);
    await put('connected');
    assert.deepEqual(await agreeTo(approvalId), [200, undefined]);
  });

  it('disconnects: nothing can be done any more, and the credentials are gone', async () => {
    const waiting = await askForRefund('pi_late');
    const gone = await owner.call('POST', '/api/client/integrations/stripe/disconnect', {});
    assert.deepEqual([gone.status, gone.body], [200, { revoked: false }], gone.text);
    const answer = await owner.call('POST', '/api/client/tools/stripe_get_balance/calls', {
      server: 'stripe',
    });
    assert.equal(answer.body.error?.code, 'tool.not-enabled');
    // A pending approval is denied, and its process ends instead of waiting for a day.
    const run = await eventually(
      () => platform.processes.findProgress(`t:${owner.tenantId}:call-tool:${waiting.callId}`),
      (found) => found?.open === false,
    );
    assert.deepEqual([run?.open, run?.progress.state], [false, 'refused']);
    assert.deepEqual(await agreeTo(waiting.approvalId), [409, 'approval.already-decided']);
    const twice = await owner.call('POST', '/api/client/integrations/stripe/disconnect', {});
    assert.equal(twice.status, 404);
    assert.equal((await connect()).status, 201);
  });
});
