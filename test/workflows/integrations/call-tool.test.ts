import assert from 'node:assert/strict';
import type { Actor } from '../../../db/domain/actor.ts';
import { newId } from '../../../db/domain/ids.ts';
import { requestApprovalContract } from '../../../workflows/approvals/request-approval.contract.ts';
import { callToolContract } from '../../../workflows/integrations/call-tool.contract.ts';
import { workflowId } from '../../../workflows/define.ts';
import { type Platform, startPlatform } from '../../support/api.ts';
import { connectTenant, json, standIn, type StubVendor, stubVendor } from '../../support/tools.ts';
import { eventually } from '../../support/world.ts';

describe('[MCP-G] a tool call as a process', function () {
  this.timeout(90_000);
  let platform: Platform;
  let vendor: StubVendor;
  let tenantId: string;
  let owner: Actor;

  before(async () => {
    [platform, vendor] = await Promise.all([startPlatform(), stubVendor()]);
    standIn(platform.world, 'stripe', vendor.url);
    const business = await platform.business();
    tenantId = business.tenantId;
    owner = { type: 'user', id: business.userId };
    await connectTenant(platform.world.deps, tenantId, 'stripe', { apiKey: 'rk_test_canary7Jx2LmQ9' });
  });
  after(async () => {
    await platform.stop();
    await vendor.close();
  });

  function start(tool: string, args: Record<string, unknown>) {
    const callId = newId('call');
    const id = workflowId(tenantId, 'call-tool', callId);
    const input = { tenantId, callId, actor: owner, server: 'stripe', tool, arguments: args };
    const answer = platform.processes.startWithUpdate(callToolContract, input, owner, 'answer', null);
    return { id, answer };
  }
  async function decideOn(approvalId: string, decision: 'approved' | 'declined') {
    const run = workflowId(tenantId, requestApprovalContract.name, approvalId);
    const opened = await platform.processes.update(requestApprovalContract, run, 'opened', null);
    const { argumentsHash } = opened;
    const as = { role: 'owner' as const, groupId: null };
    const given = { decision, reason: 'As the customer wishes', values: {}, argumentsHash, by: owner, as };
    return platform.processes.update(requestApprovalContract, run, 'decide', given);
  }
  const progressOf = (id: string) => platform.processes.findProgress(id);

  it('answers with the result, and ends', async () => {
    vendor.answer((_request, response) =>
      json(response, 200, { available: [{ amount: 500, currency: 'jpy' }], pending: [] }),
    );
    const { id, answer } = start('stripe_get_balance', {});
    assert.deepEqual(await answer, {
      status: 'done',
      result: { available: [{ minor: 500, currency: 'JPY' }], pending: [] },
    });
    const found = await eventually(
      () => progressOf(id),
      (progress) => progress?.open === false,
    );
    assert.equal(found?.progress.state, 'done');
  });

  it('answers with what is wrong, field by field', async () => {
    const { answer } = start('stripe_create_customer', { name: 'Ada' });
    const failed = await answer;
    assert.ok(failed.status === 'failed');
    assert.equal(failed.error.code, 'tool.arguments-invalid');
    assert.deepEqual(Object.keys(failed.error.fields ?? {}), ['email']);
  });

  it('waits for a person where one has to agree, then makes the call once', async () => {
    vendor.requests.length = 0;
    vendor.answer((_request, response) =>
      json(response, 200, { id: 're_1', status: 'succeeded', amount: 900, currency: 'eur' }),
    );
    const { id, answer } = start('stripe_create_refund', { payment_intent_id: 'pi_9' });
    const waiting = await answer;
    assert.ok(waiting.status === 'waiting');
    assert.equal((await progressOf(id))?.progress.state, 'waiting');
    assert.equal(vendor.requests.length, 0);
    await decideOn(waiting.approvalId, 'approved');
    const found = await eventually(
      () => progressOf(id),
      (progress) => progress?.open === false,
    );
    assert.equal(found?.progress.state, 'done');
    assert.equal(vendor.requests.length, 1);
  });

  it('a no ends it without a call', async () => {
    vendor.requests.length = 0;
    const { id, answer } = start('stripe_create_refund', { payment_intent_id: 'pi_10' });
    const waiting = await answer;
    assert.ok(waiting.status === 'waiting');
    await decideOn(waiting.approvalId, 'declined');
    const found = await eventually(
      () => progressOf(id),
      (progress) => progress?.open === false,
    );
    assert.equal(found?.progress.state, 'refused');
    assert.equal(vendor.requests.length, 0);
  });

  it('a server that is away for a moment is asked again, with the same key', async () => {
    vendor.requests.length = 0;
    let failures = 2;
    vendor.answer((_request, response) =>
      (failures -= 1) >= 0
        ? json(response, 429, { error: { message: 'slow down' } }, { 'retry-after': '3' })
        : json(response, 200, { id: 'cus_1', name: 'Ada', email: 'ada@example.com' }),
    );
    const { answer } = start('stripe_create_customer', { name: 'Ada', email: 'ada@example.com' });
    assert.equal((await answer).status, 'done');
    assert.equal(vendor.requests.length, 3);
    assert.equal(new Set(vendor.requests.map(({ headers }) => headers['idempotency-key'])).size, 1);
  });

  it('credentials never stand in the history', async () => {
    const { id, answer } = start('stripe_get_balance', {});
    await answer;
    const found = await progressOf(id);
    const history = await platform.processes.fetchHistory({ workflowId: id, runId: found?.runId ?? '' });
    assert.ok(!JSON.stringify(history).includes('canary7Jx2LmQ9'));
  });
});
