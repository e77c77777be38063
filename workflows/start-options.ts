import { TypedSearchAttributes } from '@temporalio/common';
import { type Identity, type InputOf, type ProcessDeclaration, workflowId } from './define.ts';
import { searchAttributes } from './search-attributes.ts';

/** Temporal cuts longer keys. */
const longestFairnessKey = 64;

/**
 * How every run is started: id, queue, input, priority and the search attributes it has from its first moment. The
 * input must have been validated by the contract's schema. `startedAt` is injected, so that the function is pure.
 */
export function startOptions<P extends ProcessDeclaration>(
  contract: P & Identity<InputOf<P>>,
  input: InputOf<P>,
  actor: { id: string },
  startedAt: Date,
) {
  const tenantId = contract.tenantId(input);
  return {
    workflowId: workflowId(tenantId, contract.name, contract.key(input)),
    taskQueue: contract.queue,
    args: [input] as [InputOf<P>],
    // One tenant's flood does not keep the others waiting.
    priority: { fairnessKey: tenantId.slice(0, longestFairnessKey) },
    typedSearchAttributes: new TypedSearchAttributes([
      { key: searchAttributes.tenantId, value: tenantId },
      { key: searchAttributes.process, value: contract.name },
      { key: searchAttributes.subject, value: contract.subject(input) },
      { key: searchAttributes.actorId, value: actor.id },
      { key: searchAttributes.state, value: 'running' },
      { key: searchAttributes.changedAt, value: startedAt },
    ]),
  };
}
