import type { Processes } from '../../api/kit/processes/client.ts';
import { newId } from '../../db/domain/ids.ts';
import type { ApprovalPolicy, ApprovalValues } from '../../db/domain/approvals/request.ts';
import { dayMs, hourMs } from '../../db/domain/time.ts';
import { requestApprovalContract } from '../../workflows/approvals/request-approval.contract.ts';
import { workflowId } from '../../workflows/define.ts';
import { callToolContract } from '../../workflows/integrations/call-tool.contract.ts';
import { connectTenant, json, standIn, stubVendor } from '../support/tools.ts';
import { business, reason, type Stage } from './stage.ts';

/** Requests as they end: approved after an escalation, declined, expired; and a call that asks for one. */
export async function approvals(stage: Stage, processes: Processes): Promise<void> {
  const { world, over, save, environment } = stage;
  const { tenantId, actor } = await business(stage);
  const as = { role: 'owner' as const, groupId: null };
  const open = async (key: string, policy: Partial<ApprovalPolicy> = {}) => {
    const owners = { roles: ['owner' as const], groups: [], people: [] };
    const input = {
      ...{
        tenantId,
        key,
        approvalId: null,
        title: 'Raise the prices',
        arguments: { percent: 5 },
        opened: null,
      },
      requestedBy: { type: 'agent' as const, id: 'bookkeeper' },
      policy: { needed: 1, from: owners, expiresInMs: dayMs, escalation: null, ...policy },
      fields: [{ name: 'from', label: 'From', type: 'date' as const, required: true }],
    };
    const { argumentsHash } = await processes.startWithUpdate(
      requestApprovalContract,
      input,
      actor,
      'opened',
      null,
    );
    const id = workflowId(tenantId, requestApprovalContract.name, key);
    const decide = (decision: 'approved' | 'declined') => {
      const values: ApprovalValues = decision === 'approved' ? { from: '2026-12-01' } : {};
      const given = { decision, reason, values, argumentsHash, by: actor, as };
      return processes.update(requestApprovalContract, id, 'decide', given);
    };
    return { id, decide };
  };
  const end = async (name: string, id: string) => {
    await over(id);
    await save(`request-approval-${name}`, id);
  };
  const others = { roles: ['admin' as const], groups: [], people: [] };
  const owners = { roles: ['owner' as const], groups: [], people: [] };
  const escalated = await open('escalated', {
    from: others,
    escalation: { afterMs: hourMs, to: owners },
  });
  await environment.sleep('2 hours');
  await escalated.decide('approved');
  await end('escalated', escalated.id);
  const declined = await open('declined');
  await declined.decide('declined');
  await end('declined', declined.id);
  const expired = await open('expired');
  await environment.sleep('25 hours');
  await end('expired', expired.id);

  const vendor = await stubVendor();
  standIn(world, 'stripe', vendor.url);
  await connectTenant(world.deps, tenantId, 'stripe', { apiKey: 'rk_test_recorded' });
  vendor.answer((_request, response) =>
    json(response, 200, { id: 're_1', status: 'succeeded', amount: 900, currency: 'eur' }),
  );
  const callId = newId('call');
  const args = { payment_intent_id: 'pi_asked' };
  const call = { tenantId, callId, actor, server: 'stripe', tool: 'stripe_create_refund', arguments: args };
  const answer = await processes.startWithUpdate(callToolContract, call, actor, 'answer', null);
  if (answer.status !== 'waiting') throw new Error('no approval was requested');
  const asked = workflowId(tenantId, requestApprovalContract.name, answer.approvalId);
  const { argumentsHash } = await processes.update(requestApprovalContract, asked, 'opened', null);
  const given = { decision: 'approved' as const, reason, values: {}, argumentsHash, by: actor, as };
  await processes.update(requestApprovalContract, asked, 'decide', given);
  await end('of-call', asked);
  const calling = workflowId(tenantId, callToolContract.name, callId);
  await over(calling);
  await save('call-tool-asked', calling);
  await vendor.close();
}
