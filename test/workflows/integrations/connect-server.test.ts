import assert from 'node:assert/strict';
import { pino } from 'pino';
import { secretName } from '../../../activities/mcp/gateway/stored-credentials.ts';
import { findConnection } from '../../../db/repos/integrations/connections.ts';
import { type Answer, type Platform, startPlatform } from '../../support/api.ts';
import { scope } from '../../support/database.ts';
import { historiesOf } from '../../support/histories.ts';
import { json, standIn, type StubVendor, stubVendor, toolCall } from '../../support/tools.ts';
import { eventually } from '../../support/world.ts';

const canary = 'canary7Jx2LmQ9vB';
const apiKey = `rk_test_${canary}`;
const balance = { available: [{ amount: 500, currency: 'eur' }], pending: [] };

describe('[MCP-G] [MCP-03] connecting a server by its key', function () {
  this.timeout(90_000);
  let platform: Platform;
  let vendor: StubVendor;
  let owner: Awaited<ReturnType<Platform['business']>>;
  const lines: string[] = [];
  const answers: Answer[] = [];

  before(async () => {
    [platform, vendor] = await Promise.all([startPlatform(), stubVendor()]);
    (platform.world.deps as { log: unknown }).log = pino(
      { level: 'trace' },
      { write: (line) => lines.push(line) },
    );
    standIn(platform.world, 'stripe', vendor.url);
  });
  beforeEach(async () => {
    owner = await platform.business();
    vendor.requests.length = 0;
    vendor.answer((_request, response) => json(response, 200, balance));
  });
  after(async () => {
    await platform.stop();
    await vendor.close();
  });

  const path = '/api/client/integrations/stripe';
  async function connect(body: Record<string, string>): Promise<Answer> {
    const answer = await owner.call('POST', `${path}/connect`, body);
    answers.push(answer);
    return answer;
  }
  const connection = () =>
    platform.world.database.db.inScope(scope({ tenantId: owner.tenantId }), (tx) =>
      findConnection(tx, 'stripe'),
    );
  const stored = () => platform.world.deps.secrets.get(owner.tenantId, secretName('stripe'));
  async function nothingWaits(): Promise<void> {
    // The process answers first, and forgets right after.
    const waiting = () =>
      platform.world.database.owner(
        `select name from secrets where tenant_id = $1 and name like 'waiting/%'`,
        [owner.tenantId],
      );
    await eventually(waiting, (found) => found.length === 0);
  }
  async function nothingStored(): Promise<void> {
    assert.equal(await connection(), null);
    assert.equal(await stored(), null);
    await nothingWaits();
  }

  it('proves that the key works, then keeps it and lets tools use it', async () => {
    const answer = await connect({ apiKey, stripeAccount: 'acct_77' });
    assert.equal(answer.status, 201, answer.text);
    assert.equal(answer.body.accountLabel, 'acct_77');
    assert.deepEqual(
      vendor.requests.map(({ method, path: at, headers }) => [method, at, headers.authorization]),
      [['GET', '/v1/balance', `Bearer ${apiKey}`]],
    );
    assert.deepEqual(JSON.parse((await stored()) ?? ''), { apiKey, stripeAccount: 'acct_77' });
    const found = await connection();
    assert.deepEqual(
      [found?.status, found?.accountLabel, found?.connectedBy],
      ['connected', 'acct_77', { type: 'user', id: owner.userId }],
    );
    await nothingWaits();
    const called = await owner.call('POST', '/api/client/tools/stripe_get_balance/calls', {
      server: 'stripe',
    });
    assert.equal(called.body.status, 'done', called.text);
  });

  it('says what the server says of a key it refuses, and keeps nothing', async () => {
    vendor.answer((_request, response) =>
      json(response, 401, { error: { type: 'invalid_request_error', message: 'Invalid API Key provided.' } }),
    );
    const answer = await connect({ apiKey });
    assert.equal(answer.status, 422, answer.text);
    assert.equal(answer.body.code, 'connection.refused');
    assert.match(answer.body.title, /^Stripe: .*Invalid API Key/);
    await nothingStored();
  });

  it('says when the server does not answer, and keeps nothing', async () => {
    vendor.answer((_request, response) => json(response, 503, {}));
    const answer = await connect({ apiKey });
    assert.equal(answer.body.code, 'tool.vendor-unavailable', answer.text);
    const said = 'We couldn’t reach Stripe. Nothing was saved. Try again.';
    assert.equal(answer.body.title, said);
    await nothingStored();
    const [run] = await eventually(
      () =>
        platform.world.database.owner<{ state: string; run_id: string }>(
          `select state, run_id from runs where tenant_id = $1 and process = 'connect-server'`,
          [owner.tenantId],
        ),
      (found) => found[0]?.state === 'failed',
    );
    const admin = await platform.admin();
    const page = await admin.call('GET', `/admin/workflows/${run?.run_id}`);
    assert.ok(page.text.includes(said), 'the run reads the cause');
  });

  it('asks the server only when the form is right', async () => {
    const wrong = await connect({ apiKey: 'pk_test_1', colour: 'red' });
    assert.deepEqual([wrong.status, wrong.body.code], [422, 'request.invalid']);
    assert.deepEqual(Object.keys(wrong.body.fields).sort(), ['apiKey', 'colour']);
    const empty = await connect({});
    assert.deepEqual(Object.keys(empty.body.fields), ['apiKey']);
    assert.equal(vendor.requests.length, 0);
    await nothingStored();
  });

  it('shows the form again with the message in its place, and without what was typed', async () => {
    const page = await owner.form('/app/integrations/stripe/connect', { apiKey: `pk_live_${canary}` });
    answers.push(page);
    assert.equal(page.status, 422);
    assert.match(page.text, /This doesn’t look like rk_live_/);
    const done = await owner.form('/app/integrations/stripe/connect', { apiKey });
    assert.deepEqual([done.status, done.headers.get('location')], [303, '/app/integrations/stripe']);
  });

  it('lets only who manages tools connect, and other tenants see nothing of it', async () => {
    const member = await platform.colleague(owner.tenantId, 'member');
    assert.equal((await member.call('POST', `${path}/connect`, { apiKey })).status, 403);
    await connect({ apiKey });
    const other = await platform.business();
    assert.equal((await other.call('GET', path)).body.state, 'available');
  });

  it('connected anew with another key never uses the old one, and can be ended again', async () => {
    const use = async () => {
      const called = await owner.call('POST', '/api/client/tools/stripe_get_balance/calls', {
        server: 'stripe',
      });
      assert.equal(called.body.status, 'done', called.text);
      return vendor.requests.at(-1)?.headers.authorization;
    };
    await connect({ apiKey });
    assert.equal(await use(), `Bearer ${apiKey}`);
    for (const next of ['rk_test_second', 'rk_test_third']) {
      const ended = await owner.call('POST', `${path}/disconnect`);
      assert.deepEqual([ended.status, ended.body], [200, { revoked: false }], ended.text);
      assert.equal(await stored(), null);
      assert.equal((await connection())?.status, 'disconnected');
      await assert.rejects(
        platform.world.deps.gateway.call(
          toolCall(owner.tenantId, { type: 'user', id: owner.userId }, 'stripe_get_balance'),
        ),
        { code: 'tool.not-enabled' },
      );
      assert.equal((await connect({ apiKey: next })).status, 201);
      assert.equal(await use(), `Bearer ${next}`);
    }
    assert.equal((await owner.call('POST', `${path}/disconnect`)).status, 200);
    assert.equal((await owner.call('POST', `${path}/disconnect`)).status, 404);
  });

  it('[SEC-8] leaves the key in no history, event, log line or answer', async () => {
    await connect({ apiKey });
    vendor.answer((_request, response) =>
      json(response, 401, { error: { message: `No such key: ${apiKey}` } }),
    );
    const answer = await connect({ apiKey });
    assert.equal(answer.body.code, 'connection.refused');
    const histories = await historiesOf(platform.world, owner.tenantId, 'connect-server');
    assert.match(histories, /checkCredentials/);
    const events = JSON.stringify(await platform.world.database.owner('select body from events'));
    assert.match(events, /connection\.opened/);
    assert.ok(lines.length > 10);
    const places = { histories, events, log: lines.join(''), answers: JSON.stringify(answers) };
    for (const [place, text] of Object.entries(places)) {
      assert.ok(
        !text.includes(canary),
        `${place}: ${text.slice(Math.max(0, text.indexOf(canary) - 200)).slice(0, 300)}`,
      );
    }
  });
});
