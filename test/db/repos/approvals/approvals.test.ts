import assert from 'node:assert/strict';
import type { Tx } from '../../../../db/scope.ts';
import type { Actor } from '../../../../db/domain/actor.ts';
import * as approvals from '../../../../db/repos/approvals/approvals.ts';
import { decideApproval } from '../../../../db/repos/approvals/decisions.ts';
import { plantTenant, scope, testDatabase, type TestDatabase } from '../../../support/database.ts';

const agent: Actor = { type: 'agent', id: 'bookkeeper' };
const owner: Actor = { type: 'user', id: 'usr_owner' };
const asked = {
  server: 'stripe',
  tool: 'refund',
  argumentsHash: 'hash-1',
  summary: { invoice: 'INV-1', amount: '49.00 EUR' },
  risk: 'money',
} as const;

describe('[MCP-G] an approval of a call', () => {
  let database: TestDatabase;
  let tenantId: string;
  before(async () => {
    database = await testDatabase({ poolSize: 20 });
  });
  beforeEach(async () => {
    ({ tenantId } = await plantTenant(database.db));
  });
  after(() => database.close());

  const by = <T>(actor: Actor, work: (tx: Tx) => Promise<T>, more: { impersonatorId?: string } = {}) =>
    database.db.inScope({ ...scope({ tenantId }), by: { actor, context: {}, ...more } }, work);
  const ask = (more: Partial<approvals.NewApproval> = {}, actor = agent) =>
    by(actor, (tx) => approvals.requestApproval(tx, { ...asked, ...more }));
  const decide = (id: string, decision: 'approved' | 'declined', actor = owner) =>
    by(actor, (tx) => decideApproval(tx, { id, decision, reason: 'The customer is right.' }));
  const use = (id: string, more: Partial<Parameters<typeof approvals.useApproval>[1]> = {}, actor = agent) =>
    by(actor, (tx) => {
      const { server, tool, argumentsHash } = asked;
      return approvals.useApproval(tx, { id, server, tool, argumentsHash, callKey: 'call-1', ...more });
    });
  const get = (id: string) => by(owner, (tx) => approvals.getApproval(tx, id));
  const events = async () =>
    (
      await database.owner<{ action: string }>(
        `select action from events where tenant_id = $1 and action like 'approval.%' order by seq`,
        [tenantId],
      )
    ).map(({ action }) => action);
  const expire = () =>
    database.owner(`update approvals set expires_at = now() - interval '1 second' where tenant_id = $1`, [
      tenantId,
    ]);

  it('is asked for, given and used, each step with its event', async () => {
    const { id, status, expiresAt } = await ask();
    assert.equal(status, 'pending');
    assert.ok(Math.abs(expiresAt.getTime() - Date.now() - approvals.approvalLifetimeMs) < 60_000);
    const decided = await decide(id, 'approved');
    assert.deepEqual([decided.status, decided.decidedBy], ['approved', owner]);
    await use(id);
    const { status: last, usedAt, summary, requestedBy, reason } = await get(id);
    assert.equal(last, 'used');
    assert.ok(usedAt);
    assert.deepEqual([summary, requestedBy, reason], [asked.summary, agent, 'The customer is right.']);
    assert.deepEqual(await events(), ['approval.requested', 'approval.approved', 'approval.used']);
  });

  it('is one request however often it is asked for while it is pending, and another one otherwise', async () => {
    const same = await Promise.all(Array.from({ length: 8 }, () => ask()));
    assert.equal(new Set(same.map(({ id }) => id)).size, 1);
    const others = [
      await ask({ argumentsHash: 'hash-2' }),
      await ask({ tool: 'charge' }),
      await ask({}, { type: 'agent', id: 'marketer' }),
      await ask({}, { type: 'user', id: 'bookkeeper' }),
    ];
    assert.equal(new Set([...same, ...others].map(({ id }) => id)).size, 5);
    assert.equal((await events()).length, 5);
    await decide(same[0]?.id ?? '', 'declined');
    assert.notEqual((await ask()).id, same[0]?.id);
  });

  it('is good for one call only, also when many want it at the same moment', async () => {
    const { id } = await ask();
    await decide(id, 'approved');
    const tries = await Promise.allSettled(
      Array.from({ length: 12 }, (_, i) => use(id, { callKey: `call-${i}` })),
    );
    assert.equal(tries.filter(({ status }) => status === 'fulfilled').length, 1);
    for (const one of tries) {
      if (one.status === 'rejected') assert.equal((one.reason as { code: string }).code, 'approval.invalid');
    }
    assert.equal((await events()).filter((action) => action === 'approval.used').length, 1);
  });

  it('serves a repeated attempt of the very call that used it, and tells of one use', async () => {
    const { id } = await ask();
    await decide(id, 'approved');
    await use(id);
    await use(id);
    await assert.rejects(use(id, { callKey: 'call-2' }), { code: 'approval.invalid' });
    await assert.rejects(use(id, { argumentsHash: 'hash-2' }), { code: 'approval.invalid' });
    assert.equal((await events()).length, 3);
  });

  it('is refused for other arguments, tools, servers, callers and tenants', async () => {
    const { id } = await ask();
    await decide(id, 'approved');
    const invalid = { code: 'approval.invalid' };
    await assert.rejects(use(id, { argumentsHash: 'hash-2' }), invalid);
    await assert.rejects(use(id, { tool: 'charge' }), invalid);
    await assert.rejects(use(id, { server: 'paypal' }), invalid);
    await assert.rejects(use(id, {}, { type: 'agent', id: 'marketer' }), invalid);
    await assert.rejects(use('apr_none'), invalid);
    const own = tenantId;
    ({ tenantId } = await plantTenant(database.db));
    await assert.rejects(use(id), invalid);
    await assert.rejects(get(id), { code: 'approval.not-found' });
    await assert.rejects(decide(id, 'declined'), { code: 'approval.not-found' });
    tenantId = own;
    await use(id);
  });

  it('is refused while it is pending, once it is denied and when its time is over', async () => {
    const { id } = await ask();
    await assert.rejects(use(id), { code: 'approval.invalid' });
    await decide(id, 'declined');
    await assert.rejects(use(id), { code: 'approval.invalid' });
    const late = await ask();
    await decide(late.id, 'approved');
    await expire();
    await assert.rejects(use(late.id), { code: 'approval.invalid' });
    assert.equal((await get(late.id)).status, 'expired');
  });

  it('cannot be decided after its time, and the next request is a new one', async () => {
    const { id } = await ask();
    await expire();
    assert.equal((await get(id)).status, 'expired');
    await assert.rejects(decide(id, 'approved'), { code: 'approval.expired' });
    assert.notEqual((await ask()).id, id);
  });

  it('is decided by people in their own name, never by machines', async () => {
    const { id } = await ask();
    const denied = { code: 'permission.denied' };
    for (const type of ['agent', 'workflow', 'apikey', 'system'] as const) {
      await assert.rejects(decide(id, 'approved', { type, id: 'usr_owner' }), denied);
    }
    const impersonated = by(
      owner,
      (tx) => decideApproval(tx, { id, decision: 'approved', reason: 'As another user.' }),
      { impersonatorId: 'usr_admin' },
    );
    await assert.rejects(impersonated, denied);
    assert.equal((await get(id)).status, 'pending');
  });

  it('is decided once: the same word again changes nothing, another one is refused', async () => {
    const { id } = await ask();
    await Promise.all([decide(id, 'approved'), decide(id, 'approved'), decide(id, 'approved')]);
    assert.deepEqual(await events(), ['approval.requested', 'approval.approved']);
    await assert.rejects(decide(id, 'declined'), { code: 'approval.invalid' });
    await assert.rejects(decide(id, 'approved', { type: 'user', id: 'usr_second' }), {
      code: 'approval.invalid',
    });
  });

  it('is listed newest first, by status as it is now', async () => {
    const ids = [];
    for (const argumentsHash of ['a', 'b', 'c']) ids.unshift((await ask({ argumentsHash })).id);
    const list = (filter: Partial<approvals.ApprovalFilter>) =>
      by(owner, (tx) => approvals.listApprovals(tx, { limit: 2, ...filter }));
    const first = await list({ status: 'pending' });
    const second = await list({ status: 'pending', cursor: first.nextCursor ?? '' });
    assert.deepEqual(
      [...first.items, ...second.items].map(({ id }) => id),
      ids,
    );
    assert.equal(second.nextCursor, null);
    await expire();
    assert.equal((await list({ status: 'pending' })).items.length, 0);
    assert.equal((await list({ status: 'expired' })).items.length, 2);
  });
});
