import assert from 'node:assert/strict';
import type { ApprovalPolicy } from '../../../db/domain/approvals/request.ts';
import { minuteMs } from '../../../db/domain/time.ts';
import { workflowId } from '../../../workflows/define.ts';
import { requestApprovalContract } from '../../../workflows/approvals/request-approval.contract.ts';
import { type Caller, type Platform, startPlatform } from '../../support/api.ts';
import { decideApproval } from '../../support/approvals.ts';
import { eventually } from '../../support/world.ts';

const managers = { roles: ['owner' as const, 'admin' as const], groups: [], people: [] };
const noOne = { roles: [], groups: [], people: [] };

describe('[WF-8] a request for approval', function () {
  this.timeout(120_000);
  let platform: Platform;
  let owner: Awaited<ReturnType<Platform['business']>>;
  let admin: Caller;
  let member: Caller;
  let asked = 0;

  before(async () => {
    platform = await startPlatform();
    owner = await platform.business('Approving Bakery');
    admin = await platform.colleague(owner.tenantId, 'admin');
    member = await platform.colleague(owner.tenantId, 'member');
  });
  after(() => platform?.stop());

  async function ask(
    policy: Partial<ApprovalPolicy> = {},
    more: Partial<Parameters<typeof requestApprovalContract.key>[0]> = {},
  ) {
    const { tenantId } = owner;
    const input = {
      ...{ tenantId, key: `asked-${(asked += 1)}`, approvalId: null, opened: null },
      ...{ title: 'Raise the prices', arguments: { percent: 5 }, fields: [] },
      requestedBy: { type: 'agent' as const, id: 'bookkeeper' },
      policy: { needed: 1, from: managers, expiresInMs: 60 * minuteMs, escalation: null, ...policy },
      ...more,
    };
    const by = { type: 'user' as const, id: owner.userId };
    const opened = await platform.processes.startWithUpdate(
      requestApprovalContract,
      input,
      by,
      'opened',
      null,
    );
    return { ...opened, id: opened.approvalId, run: workflowId(tenantId, 'request-approval', input.key) };
  }
  const outcomeOf = (run: string) => platform.processes.result(requestApprovalContract, run);
  const acceptedIn = async (run: string) => {
    const runId = (await platform.processes.findProgress(run))?.runId ?? '';
    const { events } = await platform.processes.fetchHistory({ workflowId: run, runId });
    const updates = (events ?? []).flatMap(
      (event) => event.workflowExecutionUpdateAcceptedEventAttributes ?? [],
    );
    return updates.filter(({ acceptedRequest }) => acceptedRequest?.input?.name === 'decide').length;
  };

  it('needs as many people as its policy says, and refuses the second decision of one of them', async () => {
    const { id, run, argumentsHash } = await ask({ needed: 2 });
    const first = await decideApproval(owner, id);
    assert.deepEqual(first.body, { status: 'pending', approvals: 1, needed: 2 });
    const again = await decideApproval(owner, id);
    assert.deepEqual([again.status, again.body.code], [409, 'approval.already-decided']);
    assert.deepEqual((await decideApproval(admin, id)).body, { status: 'approved', approvals: 2, needed: 2 });
    const { outcome, argumentsHash: decided } = await outcomeOf(run);
    assert.deepEqual([outcome, decided], ['approved', argumentsHash]);
    const late = await decideApproval(admin, id, { decision: 'declined' });
    assert.deepEqual([late.status, late.body.code], [409, 'approval.already-decided']);
    assert.equal(await acceptedIn(run), 2, 'what was refused is not in the history');
  });

  it('ends with the first who declines', async () => {
    const { id, run } = await ask({ needed: 2 });
    assert.equal((await decideApproval(admin, id, { decision: 'declined' })).body.status, 'declined');
    assert.equal((await outcomeOf(run)).outcome, 'declined');
  });

  it('refuses other arguments, people it isn’t for, and the person who asked, and records none of it', async () => {
    const own = await ask({}, { requestedBy: { type: 'user', id: owner.userId } });
    const self = await decideApproval(owner, own.id);
    assert.deepEqual([self.status, self.body.code], [403, 'approval.own-request']);
    const changed = await admin.call('POST', `/api/approvals/${own.id}/decision`, {
      ...{ decision: 'approved', reason: 'Read and understood' },
      argumentsHash: '0'.repeat(64),
    });
    assert.deepEqual([changed.status, changed.body.code], [409, 'approval.arguments-changed']);
    const unseen = await decideApproval(member, own.id);
    assert.deepEqual([unseen.status, unseen.body.code], [404, 'approval.not-found']);
    const forOwners = await ask({ from: { ...noOne, roles: ['owner'] } });
    const other = await decideApproval(admin, forOwners.id);
    assert.deepEqual([other.status, other.body.code], [403, 'approval.not-approver']);
    assert.deepEqual([await acceptedIn(own.run), await acceptedIn(forOwners.run)], [0, 0]);
    const withdrawn = await owner.call('POST', `/api/approvals/${own.id}/withdraw`, {
      reason: 'Not needed now',
    });
    assert.equal(withdrawn.status, 200, withdrawn.text);
    assert.equal((await outcomeOf(own.run)).outcome, 'withdrawn');
  });

  it('asks its fields of the people who approve, and hands on what they enter', async () => {
    const field = {
      name: 'percent',
      label: 'Percent',
      type: 'number' as const,
      required: true,
      min: 1,
      max: 10,
    };
    const { id, run } = await ask({}, { fields: [field] });
    for (const values of [{}, { percent: 11 }, { percent: 'many' }]) {
      const wrong = await decideApproval(admin, id, { values });
      assert.deepEqual([wrong.status, Object.keys(wrong.body.fields)], [422, ['values.percent']]);
    }
    assert.equal((await decideApproval(admin, id, { values: { percent: '7' } })).status, 200);
    assert.deepEqual((await outcomeOf(run)).values, { percent: 7 });
  });

  it('opens to more people when it is escalated, emails them and tells each of its states in the ledger', async () => {
    const to = { ...noOne, roles: ['member' as const] };
    const { id, run } = await ask({
      from: { ...noOne, roles: ['owner'] },
      escalation: { afterMs: 1_000, to },
    });
    await eventually(
      async () => (await member.call('GET', '/api/approvals?state=pending&for=me')).body.items,
      (items: { id: string }[]) => items.some((one) => one.id === id),
    );
    const [mail] = await eventually(
      async () => (await platform.world.mails(owner.email)).filter(({ text }) => text.includes(id)),
      (mails) => mails.length > 0,
    );
    assert.match(mail?.text ?? '', /\/app\/approvals\/apr_/);
    assert.equal((await decideApproval(member, id)).body.status, 'approved');
    assert.equal((await outcomeOf(run)).outcome, 'approved');
    const events = await platform.world.database.owner<{ action: string }>(
      `select action from events where tenant_id = $1 and target_id = $2 order by seq`,
      [owner.tenantId, id],
    );
    assert.deepEqual(
      events.map(({ action }) => action),
      ['approval.requested', 'approval.escalated', 'approval.approved'],
    );
  });

  it('is withdrawn where its run is cancelled', async () => {
    const { id, run } = await ask();
    await platform.processes.cancel({ workflowId: run, runId: '' });
    assert.equal((await outcomeOf(run)).outcome, 'withdrawn');
    const { body } = await admin.call('GET', `/api/approvals/${id}`);
    assert.equal(body.status, 'withdrawn');
  });
});
