import assert from 'node:assert/strict';
import { PLATFORM_TENANT_ID } from '../../../db/domain/ids.ts';
import { findConnection } from '../../../db/repos/integrations/connections.ts';
import { workflowId } from '../../../workflows/define.ts';
import { monitorServersContract } from '../../../workflows/integrations/monitor-servers.contract.ts';
import { type Platform, startPlatform } from '../../support/api.ts';
import { scope } from '../../support/database.ts';
import { connectTenant, json, standIn, type StubVendor, stubVendor, toolCall } from '../../support/tools.ts';
import { eventually } from '../../support/world.ts';

const watchId = workflowId(PLATFORM_TENANT_ID, 'monitor-servers', 'all');

describe('[MCP-G] a server that no longer accepts the access it gave', function () {
  this.timeout(90_000);
  let platform: Platform;
  let vendor: StubVendor;

  before(async () => {
    [platform, vendor] = await Promise.all([startPlatform(), stubVendor()]);
    standIn(platform.world, 'stripe', vendor.url);
  });
  after(async () => {
    await platform.stop();
    await vendor.close();
  });

  /** One round of the watch, from its beginning to its rest. */
  async function look(): Promise<void> {
    const watcher = { type: 'system', id: 'test' } as const;
    const run = await platform.processes.start(monitorServersContract, { turn: 0 }, watcher);
    await eventually(
      () => platform.processes.findProgress(watchId),
      (found) => found?.progress.steps.find(({ key }) => key === 'wait')?.state === 'scheduled',
    );
    await platform.processes.terminate(run, 'one round is enough');
  }

  it('is told to the owners in one mail, and in another only after it was connected again', async () => {
    const owner = await platform.business();
    const { tenantId, userId, email } = owner;
    const admin = await platform.colleague(tenantId, 'admin');
    const { world } = platform;
    const told = async () => (await world.mails(email)).filter(({ subject }) => /^Reconnect /.test(subject));
    const accepts = (key: string) =>
      vendor.answer(({ headers }, response) =>
        headers.authorization === `Bearer ${key}`
          ? json(response, 200, { available: [], pending: [] })
          : json(response, 401, { error: { message: 'Expired API Key provided.' } }),
      );
    const status = async () =>
      (await world.database.db.inScope(scope({ tenantId }), (tx) => findConnection(tx, 'stripe')))?.status;

    accepts('rk_test_first');
    await connectTenant(world.deps, tenantId, 'stripe', { apiKey: 'rk_test_first' });
    await look();
    assert.deepEqual([await status(), (await told()).length], ['connected', 0]);

    accepts('rk_test_second');
    const call = toolCall(tenantId, { type: 'user', id: userId }, 'stripe_get_balance');
    await assert.rejects(world.deps.gateway.call(call), { code: 'connection.needs-reconnect' });
    assert.equal(await status(), 'needsReconnect');
    await look();
    await look();
    const [mail, ...more] = await told();
    assert.deepEqual([mail?.subject, more], ['Reconnect Stripe', []]);
    assert.match(mail?.text ?? '', /\/app\/integrations\/stripe\b/);
    const [session] = await world.database.owner<{ email: string }>(
      `select u.email from users u join memberships m on m.user_id = u.id where m.tenant_id = $1 and m.role = 'admin'`,
      [tenantId],
    );
    assert.deepEqual(await world.mails(session?.email ?? ''), []);
    const page = await admin.call('GET', '/app/integrations/stripe');
    assert.match(page.text, /reconnect|connect(?:ed)? again/i);

    const connect = { apiKey: 'rk_test_second' };
    const again = await owner.call('POST', '/api/client/integrations/stripe/connect', connect);
    assert.equal(again.status, 201, again.text);
    await look();
    assert.deepEqual([await status(), (await told()).length], ['connected', 1]);

    // The watch itself finds out that it is lost once more.
    accepts('rk_test_third');
    await look();
    assert.deepEqual([await status(), (await told()).length], ['needsReconnect', 2]);
  });
});
