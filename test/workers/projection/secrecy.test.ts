import assert from 'node:assert/strict';
import type { Connection } from '@temporalio/client';
import { openConnection } from '../../../workers/runtime/connection.ts';
import proto from '@temporalio/proto';
import { type Caller, type Platform, startPlatform, testPassword } from '../../support/api.ts';
import { signUpAndConfirm } from '../../support/confirm.ts';
import { eventually } from '../../support/world.ts';

const { History } = proto.temporal.api.history.v1;
const { WorkflowExecutionInfo } = proto.temporal.api.workflow.v1;
const { DescribeWorkflowExecutionResponse } = proto.temporal.api.workflowservice.v1;
type Execution = proto.temporal.api.workflow.v1.IWorkflowExecutionInfo;

const person = {
  businessName: 'Nightingale Canary Works',
  ownerName: 'Nina Canary-Owner',
  email: 'nina@canary-mail.example',
  password: testPassword,
};
const legalName = 'Nightingale Canary Legal SL';
const card = { expMonth: 12, expYear: 2034, cvc: '123' };

/** Values that must be unreadable in Temporal's store, also in their encoded forms. */
const secrets = [
  ...Object.values(person),
  legalName,
  'Canary',
  '$argon2id$',
  '"last4"',
  '"visa"',
  'mastercard',
  '5555555555554444',
  '4000000000009995',
  'insufficient funds',
  'colleague@canary-mail.example',
];

describe('[SEC-8] what Temporal keeps of a run', function () {
  this.timeout(90_000);
  let platform: Platform;
  /** The connection of a client that reaches the server but doesn't have the platform's key. */
  let connection: Connection;
  let namespace: string;
  let owner: Caller & { tenantId: string };

  before(async () => {
    platform = await startPlatform();
    const { temporal } = platform.world.config;
    connection = await openConnection({ address: temporal.address });
    ({ namespace } = temporal);
    owner = await customer();
  });
  after(async () => {
    await connection.close();
    await platform.stop();
  });

  async function customer(): Promise<Caller & { tenantId: string }> {
    const caller = platform.caller();
    const { tenantId } = await signUpAndConfirm(caller, platform.world.mails, person);
    const submit = async (step: string, body: unknown) =>
      (await caller.call('POST', `/api/client/onboarding/steps/${step}`, body)).status;
    const place = { country: 'ES', timezone: 'Europe/Madrid', language: 'en' };
    const profile = { legalName, industry: 'Retail', teamSize: '2–10', ...place };
    assert.equal(await submit('profile', profile), 200);
    const plan = { planKey: 'growth', interval: 'month', start: 'now' };
    // Declined first, so that a failure is kept too.
    assert.equal(await submit('plan', { ...plan, card: { ...card, number: '4000000000009995' } }), 402);
    assert.equal(await submit('plan', { ...plan, card: { ...card, number: '5555555555554444' } }), 200);
    const invitation = { email: 'colleague@canary-mail.example', name: 'Cora Canary', role: 'member' };
    const invited = await caller.call('POST', '/api/client/team/invitations', invitation);
    assert.equal(invited.status, 201, invited.text);
    return { ...caller, tenantId };
  }

  async function runsOfOwner(): Promise<Execution[]> {
    const query = `TenantId = '${owner.tenantId}'`;
    const { executions } = await eventually(
      () => connection.workflowService.listWorkflowExecutions({ namespace, query }),
      (found) =>
        found.executions.length === 3 && found.executions.every(({ memo }) => memo?.fields?.['progress']),
    );
    return executions;
  }

  /** Every byte of a run that the server gives out: history, description with memo, line in the list. */
  async function bytesOf(listed: Execution): Promise<Buffer> {
    const run = { namespace, execution: listed.execution ?? null };
    const { history } = await connection.workflowService.getWorkflowExecutionHistory(run);
    const described = await connection.workflowService.describeWorkflowExecution(run);
    return Buffer.concat([
      History.encode(history ?? {}).finish(),
      DescribeWorkflowExecutionResponse.encode(described).finish(),
      WorkflowExecutionInfo.encode(listed).finish(),
    ]);
  }

  it('holds nothing of what people told us, neither in clear nor in base64', async () => {
    const runs = await runsOfOwner();
    const types = runs.map(({ type }) => type?.name).sort();
    assert.deepEqual(types, ['onboardTenant', 'renewSubscription', 'sendInvite']);
    for (const run of runs) {
      const bytes = await bytesOf(run);
      assert.ok(
        bytes.length > 2_000 && bytes.includes(owner.tenantId),
        'there was something to look through',
      );
      for (const secret of secrets) {
        assert.equal(bytes.includes(secret), false, `${run.type?.name} holds ${secret}`);
        // Three ways a text can lie in base64; the ends, which depend on what is beside it, are left out.
        for (const shift of [0, 1, 2]) {
          const coded = Buffer.from(' '.repeat(shift) + secret)
            .toString('base64')
            .slice(4, -4);
          if (coded.length >= 8)
            assert.equal(bytes.includes(coded), false, `${run.type?.name} holds ${secret} in base64`);
        }
      }
    }
  });

  it('keeps only ids and states where it can be searched', async () => {
    for (const { searchAttributes, memo } of await runsOfOwner()) {
      for (const [name, { data }] of Object.entries(searchAttributes?.indexedFields ?? {})) {
        const value = JSON.parse(Buffer.from(data ?? []).toString()) as unknown;
        // An id, a word of the code, a moment; the SDK adds the names of its own build.
        const shape = /^(\w{3}_[0-9a-z]{26}|[\w-]{1,30}|\d{4}-\d\d-\d\dT[\d:.]+Z|true|false)$/;
        if (!name.startsWith('Build')) assert.match(String(value), shape, name);
      }
      assert.deepEqual(Object.keys(memo?.fields ?? {}), ['progress']);
    }
  });

  it('is readable with the key, so the search above looked for what is there', async () => {
    const onboarding = (await runsOfOwner()).find(({ type }) => type?.name === 'onboardTenant');
    const workflowId = onboarding?.execution?.workflowId ?? '';
    const found = await platform.processes.findProgress(workflowId);
    assert.equal(found?.progress.steps.find(({ key }) => key === 'plan')?.state, 'done');
    const history = await platform.processes.fetchHistory({ workflowId, runId: found?.runId ?? '' });
    const input = history.events?.[0]?.workflowExecutionStartedEventAttributes?.input?.payloads ?? [];
    const [codec] = platform.processes.dataConverter.payloadCodecs;
    const [opened] = (await codec?.decode(input)) ?? [];
    const text = Buffer.from(opened?.data ?? []).toString();
    for (const secret of [person.businessName, person.email, person.ownerName, '$argon2id$'])
      assert.ok(text.includes(secret));
  });
});
