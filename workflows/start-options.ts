import { TypedSearchAttributes } from '@temporalio/common';
import { type Identity, type InputOf, type ProcessDeclaration, workflowId, workflowType } from './define.ts';
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
  return {
    ...commonOptions(contract, input),
    typedSearchAttributes: new TypedSearchAttributes([
      ...attributesOf(contract, input, actor),
      { key: searchAttributes.changedAt, value: startedAt },
    ]),
  };
}

/**
 * How every run of a schedule is started. Temporal appends the planned time to the id, so that each time has one run;
 * the id of the schedule keeps those of two schedules apart.
 */
export function scheduledOptions<P extends ProcessDeclaration>(
  contract: P & Identity<InputOf<P>>,
  input: InputOf<P>,
  actor: { id: string },
  scheduleId: string,
) {
  const common = commonOptions(contract, input);
  return {
    ...common,
    workflowId: `${common.workflowId}:${scheduleId}`,
    workflowType: workflowType(contract.name),
    typedSearchAttributes: new TypedSearchAttributes(attributesOf(contract, input, actor)),
  };
}

function commonOptions<P extends ProcessDeclaration>(contract: P & Identity<InputOf<P>>, input: InputOf<P>) {
  const tenantId = contract.tenantId(input);
  return {
    workflowId: workflowId(tenantId, contract.name, contract.key(input)),
    taskQueue: contract.queue,
    args: [input] as [InputOf<P>],
    // One tenant's flood does not keep the others waiting.
    priority: { fairnessKey: tenantId.slice(0, longestFairnessKey) },
  };
}

const attributesOf = <P extends ProcessDeclaration>(
  contract: P & Identity<InputOf<P>>,
  input: InputOf<P>,
  actor: { id: string },
) => [
  { key: searchAttributes.tenantId, value: contract.tenantId(input) },
  { key: searchAttributes.process, value: contract.name },
  { key: searchAttributes.subject, value: contract.subject(input) },
  { key: searchAttributes.actorId, value: actor.id },
  { key: searchAttributes.state, value: 'running' },
];
