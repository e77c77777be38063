import assert from 'node:assert/strict';
import { confirmEmailContract } from '../../workflows/identity/confirm-email.contract.ts';
import { searchAttributes } from '../../workflows/search-attributes.ts';
import { startOptions } from '../../workflows/start-options.ts';

describe('how a run is started', () => {
  const input = { tenantId: 'ten_1', userId: 'usr_1' };
  const startedAt = new Date('2026-11-22T12:00:00Z');
  const options = startOptions(confirmEmailContract, input, { id: 'usr_admin' }, startedAt);

  it('takes its id, queue and fairness from the contract and the input', () => {
    assert.equal(options.workflowId, 't:ten_1:confirm-email:usr_1');
    assert.equal(options.taskQueue, confirmEmailContract.queue);
    assert.deepEqual(options.args, [input]);
    assert.deepEqual(options.priority, { fairnessKey: 'ten_1' });
  });

  it('can be found by tenant, process, subject, actor, state and change from its first moment', () => {
    const found = options.typedSearchAttributes;
    const { tenantId, process, subject, actorId, state } = searchAttributes;
    assert.deepEqual(
      [tenantId, process, subject, actorId, state].map((key) => found.get(key)),
      ['ten_1', 'confirm-email', 'usr_1', 'usr_admin', 'running'],
    );
    assert.equal(found.get(searchAttributes.changedAt)?.toISOString(), startedAt.toISOString());
  });
});
