import assert from 'node:assert/strict';
import type { Actor } from '../../../db/domain/actor.ts';
import { newId } from '../../../db/domain/ids.ts';
import { workflowId } from '../../../workflows/define.ts';
import { sendInviteContract } from '../../../workflows/people/send-invite.contract.ts';
import { freezeWorkContract } from '../../../workflows/tenants/freeze-work.contract.ts';
import { callToolContract } from '../../../workflows/integrations/call-tool.contract.ts';
import { type Platform, startPlatform } from '../../support/api.ts';
import { connectTenant, json, standIn, type StubVendor, stubVendor } from '../../support/tools.ts';
import { eventually } from '../../support/world.ts';

const reason = 'The account looks taken over';
const patientMs = 90_000;

describe('[TEN-10a] freezing with work in flight', function () {
  this.timeout(240_000);
  let platform: Platform;
  let vendor: StubVendor;
  let admin: Awaited<ReturnType<Platform['admin']>>;

  before(async () => {
    [platform, vendor] = await Promise.all([startPlatform(), stubVendor()]);
    standIn(platform.world, 'stripe', vendor.url);
    vendor.answer((_request, response) =>
      json(response, 200, { id: 'cus_1', name: 'Ada', email: 'ada@example.com', created: 1_700_000_000 }),
    );
    admin = await platform.admin();
  });
  after(async () => {
    await platform.stop();
    await vendor.close();
  });

  /** A business that may call Stripe; its writes there so far, by their idempotency keys. */
  async function business() {
    const { tenantId, userId } = await platform.business();
    await connectTenant(platform.world.deps, tenantId, 'stripe', { apiKey: `rk_test_${tenantId}` });
    const actor: Actor = { type: 'user', id: userId };
    const writes = () =>
      vendor.requests
        .filter(({ method, headers }) => method === 'POST' && headers.authorization?.includes(tenantId))
        .map(({ headers }) => String(headers['idempotency-key']));
    const call = async (n: number) => {
      const args = { name: `Customer ${n}`, email: `c${n}@example.com` };
      const about = { tenantId, actor, server: 'stripe', tool: 'stripe_create_customer' };
      const input = { ...about, callId: newId('call'), arguments: args };
      return (await platform.processes.start(callToolContract, input, actor)).workflowId;
    };
    const calls = async (outcome: string) => {
      const [row] = await platform.world.database.owner<{ n: number }>(
        `select count(*)::int as n from mcp_calls where tenant_id = $1 and outcome = $2`,
        [tenantId, outcome],
      );
      return row?.n ?? 0;
    };
    const held = () => calls('tenant.frozen');
    const invite = async (address: string) => {
      const invitationId = newId('invitation');
      const person = { email: address, name: 'Ivy', role: 'member' as const, invitedBy: userId };
      const input = { tenantId, invitationId, ...person };
      await platform.processes.startWithUpdate(sendInviteContract, input, actor, 'invitationReady', null);
    };
    const mail = async (address: string) => {
      const [row] = await platform.world.database.owner<{ status: string; held_for: string | null }>(
        `select m.status, m.held_for from mails m join invitations i on i.tenant_id = m.tenant_id
         where m.tenant_id = $1 and i.email = $2 and m.key like '%' || i.id || '%'`,
        [tenantId, address],
      );
      return row;
    };
    return { tenantId, writes, call, calls, held, invite, mail };
  }
  const post = async (path: string, body: object) => {
    const answer = await admin.call('POST', path, body);
    assert.equal(answer.status, 200, answer.text);
    return answer.body;
  };
  const over = (id: string) =>
    eventually(
      () => platform.processes.findProgress(id),
      (found) => found?.open === false,
      patientMs,
    );
  const events = async (tenantId: string, action: string) =>
    (
      await platform.world.database.owner('select 1 from events where tenant_id = $1 and action = $2', [
        tenantId,
        action,
      ])
    ).length;

  it('lets nothing out of the platform after a second, and does each of 200 things once afterwards', async () => {
    const businesses = await Promise.all(Array.from({ length: 4 }, business));
    const writes = () => businesses.flatMap((one) => one.writes());
    const numbers = Array.from({ length: 50 }, (_, n) => n);
    await Promise.all(businesses.flatMap((one) => numbers.map((n) => one.call(n))));
    await eventually(
      async () => writes().length,
      (done) => done > 0,
      patientMs,
    );
    assert.equal((await post('/api/admin/platform/freeze', { reason })).reach, 'platform');
    await new Promise((resolve) => setTimeout(resolve, 1_000));
    const out = writes().length;
    assert.ok(out < 200, 'some were in flight');
    const held = async () =>
      (await Promise.all(businesses.map((one) => one.held()))).reduce((sum, n) => sum + n, 0);
    await eventually(held, (n) => n + out >= 200, patientMs);
    assert.equal(writes().length, out, 'nothing left while frozen');

    await post('/api/admin/platform/thaw', { reason: 'It was a false alarm' });
    const done = async () =>
      (await Promise.all(businesses.map((one) => one.calls('ok')))).reduce((sum, n) => sum + n, 0);
    await eventually(done, (n) => n === 200, patientMs);
    assert.equal(writes().length, 200);
    assert.equal(new Set(writes()).size, 200, 'each has a key of its own');
  });

  it('holds the calls and emails of one tenant, and of no other', async () => {
    const [frozen, free] = await Promise.all([business(), business()]);
    await post(`/api/admin/tenants/${frozen.tenantId}/freeze`, { reason });
    const again = await post(`/api/admin/tenants/${frozen.tenantId}/freeze`, { reason: 'Frozen once more' });
    assert.equal(again.reason, reason, 'frozen twice is frozen once');
    assert.equal(await events(frozen.tenantId, 'tenant.frozen'), 1);
    const [heldCall, freeCall] = await Promise.all([frozen.call(1), free.call(1)]);
    await Promise.all([frozen.invite('ivy@example.com'), free.invite('jan@example.com')]);
    assert.equal((await over(freeCall))?.progress.state, 'done');
    await eventually(
      () => free.mail('jan@example.com'),
      (mail) => mail?.status === 'sent',
      patientMs,
    );
    await eventually(
      () => frozen.mail('ivy@example.com'),
      (mail) => mail?.held_for !== null && mail?.status === 'sending',
      patientMs,
    );
    await eventually(frozen.held, (n) => n === 1, patientMs);
    assert.equal(frozen.writes().length, 0);
    assert.equal((await platform.world.mails('ivy@example.com')).length, 0);

    const state = await post(`/api/admin/tenants/${frozen.tenantId}/thaw`, {
      reason: 'It was a false alarm',
    });
    assert.equal(state.frozen, false);
    assert.equal((await over(heldCall))?.progress.state, 'done');
    assert.equal(frozen.writes().length, 1);
    await eventually(
      () => platform.world.mails('ivy@example.com'),
      ({ length }) => length === 1,
      patientMs,
    );
    await post(`/api/admin/tenants/${frozen.tenantId}/thaw`, { reason: 'Unfrozen once more' });
    assert.equal(await events(frozen.tenantId, 'tenant.thawed'), 1);
  });

  it('drops held emails and refuses held calls where the thaw skips them', async () => {
    const one = await business();
    const requestKey = 'freeze-once-12345';
    await post(`/api/admin/tenants/${one.tenantId}/freeze`, { reason, requestKey });
    const id = await one.call(1);
    await one.invite('kim@example.com');
    await eventually(
      () => one.mail('kim@example.com'),
      (mail) => mail?.held_for !== null && mail?.status === 'sending',
      patientMs,
    );
    await eventually(one.held, (n) => n === 1, patientMs);
    await post(`/api/admin/tenants/${one.tenantId}/thaw`, { reason: 'All of it is fraud', policy: 'skip' });
    assert.equal((await one.mail('kim@example.com'))?.status, 'dropped');
    assert.ok((await events(one.tenantId, 'mail.dropped')) > 0);
    const ended = await over(id);
    assert.equal(ended?.progress.state, 'refused');
    assert.equal(one.writes().length, 0);
    assert.equal((await platform.world.mails('kim@example.com')).length, 0);

    const repeated = await post(`/api/admin/tenants/${one.tenantId}/freeze`, { reason, requestKey });
    assert.equal(repeated.frozen, false, 'the same request freezes nothing a second time');
    const [freeze] = await platform.world.database.owner<{ id: string }>(
      'select id from tenant_freezes where tenant_id = $1',
      [one.tenantId],
    );
    assert.equal(
      (await over(workflowId(one.tenantId, freezeWorkContract.name, freeze?.id ?? '')))?.open,
      false,
    );
  });
});
