import {
  type ChildWorkflowHandle,
  ParentClosePolicy,
  startChild,
  uuid4,
  workflowInfo,
} from '@temporalio/workflow';
import type { Actor } from '../../db/domain/actor.ts';
import { managers } from '../../db/domain/approvals/decide.ts';
import type { ApprovalField, ApprovalPolicy, Approvers } from '../../db/domain/approvals/request.ts';
import { dayMs } from '../../db/domain/time.ts';
import type { ApprovalResult, requestApprovalContract } from '../approvals/request-approval.contract.ts';
import { type InputOf, workflowId, workflowType } from '../define.ts';
import { db } from './profiles.ts';
import { startOptions } from '../start-options.ts';

type Contract = typeof requestApprovalContract;

/** What is asked for. */
export interface ApprovalRequest {
  tenantId: string;
  requestedBy: Actor;
  /** One line in words of the person who asks. */
  title: string;
  /** Exactly what is to be approved, as people may read it: no secrets. Other arguments are another request. */
  arguments: Record<string, unknown>;
  /** By default one owner or admin within a day, with no escalation. */
  policy?: Partial<Omit<ApprovalPolicy, 'from'>> & { from?: Partial<Approvers> };
  /** What is asked of those who approve; comes back as `values`. */
  fields?: ApprovalField[];
}

/** What starting needs to know of the contract, which holds zod and so stays outside of the bundle. */
const declaration = {
  name: 'request-approval',
  queue: 'core',
  tenantId: ({ tenantId }: InputOf<Contract>) => tenantId,
  key: ({ key }: InputOf<Contract>) => key,
  subject: ({ approvalId, key }: InputOf<Contract>) => approvalId ?? key,
} as Contract;

/** A request that is open. */
export interface OpenApproval {
  /** Id of the run that takes the decisions. */
  workflowId: string;
  /** Waits for the end. Cancelling the scope that asked withdraws the request. */
  result(): Promise<ApprovalResult>;
}

/**
 * Asks people for a decision and waits for it. Never fails for want of one: the outcome is `approved`, `declined`,
 * `expired` or `withdrawn`. `values` are those of the request's fields, and empty unless it was approved. It is withdrawn
 * when the asking run ends before.
 */
export async function askApproval(request: ApprovalRequest): Promise<ApprovalResult> {
  return (await startRequest({ ...request, approvalId: null, key: uuid4() })).result();
}

/** Asks about a call that the gateway has stored as a request: exactly these arguments, for one use. */
export async function startCallApproval(request: {
  tenantId: string;
  requestedBy: Actor;
  approvalId: string;
  arguments: Record<string, unknown>;
}): Promise<OpenApproval> {
  return startRequest({ ...request, title: null, key: request.approvalId });
}

async function startRequest(
  request: Omit<ApprovalRequest, 'title'> & { title: string | null; approvalId: string | null; key: string },
): Promise<OpenApproval> {
  const { tenantId, requestedBy, title, approvalId, key, policy, fields = [] } = request;
  const from = policy?.from ? { roles: [], groups: [], people: [], ...policy.from } : managers;
  const input: InputOf<Contract> = {
    ...{ tenantId, requestedBy, title, approvalId, key, fields, opened: null },
    arguments: request.arguments,
    policy: { needed: 1, expiresInMs: dayMs, escalation: null, ...policy, from },
  };
  const asked = { ...request, title, fields, policy: input.policy };
  // Stored before the child begins, so that the people who are told of the request find it open.
  const processId = workflowId(tenantId, declaration.name, key);
  const { workflowId: askedIn } = workflowInfo();
  const { key: _key, ...opening } = asked;
  input.opened = await db.openApproval({ ...opening, processId, askedIn });
  const handle: ChildWorkflowHandle<(asked: typeof input) => Promise<ApprovalResult>> = await startChild(
    workflowType(declaration.name),
    {
      ...startOptions(declaration, input, requestedBy, new Date()),
      parentClosePolicy: ParentClosePolicy.REQUEST_CANCEL,
    },
  );
  return { workflowId: handle.workflowId, result: () => handle.result() };
}
