import assert from 'node:assert/strict';
import { type Caller, type Platform, startPlatform } from '../../../support/api.ts';
import { connectTenant } from '../../../support/tools.ts';
import { bringTo } from '../../../e2e/wizard.ts';

describe('[ONB-4] home of a client', function () {
  this.timeout(90_000);
  let platform: Platform;
  let owner: Awaited<ReturnType<Platform['business']>>;

  before(async () => {
    platform = await startPlatform();
    owner = await platform.business('Checklist Bakery');
  });
  after(() => platform?.stop());

  const home = async (caller: Caller) => (await caller.call('GET', '/app')).text;

  it('shows no checklist while the setup wizard is what to start with', async () => {
    assert.doesNotMatch(await home(owner), /Get started/);
  });

  it('lists what is left to get started once live, until everything is done, for those who may do it', async () => {
    await bringTo(owner, 'live');
    const { owner: sql } = platform.world.database;
    await sql("update tenants set status = 'live' where id = $1", [owner.tenantId]);
    const text = await home(owner);
    assert.match(text, /Get started[^]*0 of 2 done[^]*0 of 2 connected/);
    assert.match(text, /href="\/app\/team#invite">Invite your team/);
    const member = await platform.colleague(owner.tenantId, 'member');
    assert.match(await home(owner), /1 of 2 done[^]*Invite your team<span class="visually-hidden"> \(done\)/);
    assert.doesNotMatch(await home(member), /Get started/);
    for (const server of ['stripe', 'ga4'])
      await connectTenant(platform.world.deps, owner.tenantId, server, { apiKey: 'x' });
    assert.doesNotMatch(await home(owner), /Get started/);
  });

  it('[BIL-1] says when a trial ends and what is charged then, from a week before', async () => {
    const { owner: sql } = platform.world.database;
    const ends = (days: number) =>
      sql(
        "update subscriptions set status = 'trialing', trial_ends_at = now() + make_interval(days => $2) where tenant_id = $1",
        [owner.tenantId, days],
      );
    await ends(9);
    assert.match(await home(owner), /Nothing needs you now/);
    await ends(3);
    assert.match(
      await home(owner),
      /Your free trial ends on \d+ \w+ \d{4}\. You’ll then pay €149\.00 a month\./,
    );
  });
});
