import { CancellationScope, condition, isCancellation, workflowInfo } from '@temporalio/workflow';
import type { InputOf, UpdatesOf } from '../define.ts';
import type { ApprovalResult, requestApprovalContract } from './request-approval.contract.ts';
import type { OpenedApproval } from '../../activities/approvals/requests.ts';
import { isOwnRequest, refusalOf, type RequestState } from '../../db/domain/approvals/decide.ts';
import type { ApprovalOutcome, ApprovalValues } from '../../db/domain/approvals/request.ts';
import type { Actor } from '../../db/domain/actor.ts';
import { earlyAnswer, finish } from '../shared/early-answer.ts';
import { describeFailure, fail, failureOf, refuse } from '../shared/failures.ts';
import { handle, onSignals } from '../shared/handle.ts';
import { db, mail } from '../shared/profiles.ts';
import { trackProgress } from '../shared/progress.ts';

type Contract = typeof requestApprovalContract;
type Updates = UpdatesOf<Contract>;
type Given = Updates['decide']['input'];

/** What the run knows of its request; decisions are checked against it before they enter the history. */
interface Request extends RequestState {
  approvalId: string;
  values: ApprovalValues;
  /** Decisions that are being stored: while one may end the request, no other is taken. */
  storing: number;
  decidedBy: string[];
}

/** Asks people for a decision and ends with it; also when the time is over or the request is withdrawn. */
export async function requestApproval(input: InputOf<Contract>): Promise<ApprovalResult> {
  const progress = trackProgress<Contract>(['request', 'decision']);
  const opened = earlyAnswer<Updates['opened']['output']>();
  // Known from the first moment where the run that asks has stored it: people may decide before this run is at work.
  let request = input.opened && stateOf(input, input.opened);
  const open = () => request ?? fail('approval.not-found');
  handle<Contract>({
    opened: opened.handler('Answers when people can decide'),
    decide: {
      summary: 'A person approves or declines',
      validate: (given) => assertCounts(open(), given),
      run: (given) => decide(input.tenantId, open(), given),
    },
    withdraw: {
      summary: 'Takes the request back',
      validate: ({ by }) => assertMayWithdraw(open(), by),
      run: async ({ reason, by }) => {
        await close(input.tenantId, open(), { status: 'withdrawn', reason, by });
        return null;
      },
    },
  });
  // A server is disconnected, or a person has left: the request is declined without a decision of anyone.
  let declined = false;
  onSignals<Contract>({
    approvalDenied: { summary: 'The request was declined elsewhere', run: () => void (declined = true) },
  });

  progress.set('request', 'running');
  try {
    const stored = await db.openApproval({ ...openingOf(input), processId: null, askedIn: askedIn() });
    request ??= stateOf(input, stored);
    // It was declined as a server was disconnected, before this run could be told.
    request.outcome ??= stored.ended;
  } catch (error) {
    opened.reject(error);
    progress.set('request', 'failed', { error: describeFailure(error) });
    await finish(progress, 'failed');
    throw failureOf(error);
  }
  const { approvalId, argumentsHash, expiresAtMs } = request;
  opened.resolve({ approvalId, argumentsHash, expiresAt: new Date(expiresAtMs).toISOString() });
  progress.set('request', 'done');
  progress.set('decision', 'waiting', { waitingFor: 'approver' });
  const outcome = await untilEnded(input, request, () => declined, progress);
  progress.set('decision', outcome === 'approved' || outcome === 'declined' ? 'done' : 'skipped');
  await finish(progress, outcome === 'withdrawn' ? 'stopped' : 'done');
  return { approvalId, argumentsHash, outcome, values: outcome === 'approved' ? request.values : {} };
}

const askedIn = (): string | null => workflowInfo().parent?.workflowId ?? null;

const openingOf = ({ key: _key, opened: _opened, ...input }: InputOf<Contract>) => input;

function stateOf(input: InputOf<Contract>, opened: OpenedApproval): Request {
  const { requestedBy, policy, fields } = input;
  const { approvalId, argumentsHash, selfAllowed, leftMs } = opened;
  return {
    ...{ approvalId, argumentsHash, selfAllowed, requestedBy, policy, fields },
    expiresAtMs: Date.now() + leftMs,
    escalated: false,
    decidedBy: [],
    outcome: opened.ended,
    values: { ...opened.values },
    storing: 0,
  };
}

function assertCounts(request: Request, given: Given): void {
  const refusal = refusalOf(request, given, Date.now());
  if (refusal) refuse(refusal.code, refusal.problems);
  if (mayEndNow(request)) fail('approval.already-decided');
}

/** Whether a decision that is being stored may be the last one. */
function mayEndNow({ storing, policy, decidedBy }: Request): boolean {
  return storing > 0 && decidedBy.length >= policy.needed;
}

function assertMayWithdraw(request: Request, by: Actor): void {
  if (request.outcome) fail('approval.already-decided');
  if (!isOwnRequest(request.requestedBy, by.onBehalfOf ?? by.id)) fail('permission.denied');
}

async function decide(
  tenantId: string,
  request: Request,
  given: Given,
): Promise<Updates['decide']['output']> {
  const { as: _as, ...decision } = given;
  const { approvalId, policy } = request;
  // Known from this moment, so that a second decision of this person is refused while this one is being stored.
  request.decidedBy.push(given.by.id);
  request.storing += 1;
  try {
    const standing = await CancellationScope.nonCancellable(() =>
      db.recordApprovalDecision({ tenantId, approvalId, ...decision }),
    );
    if (given.decision === 'approved') Object.assign(request.values, given.values);
    if (standing.status !== 'pending') request.outcome ??= standing.status;
    return { ...standing, needed: policy.needed };
  } catch (error) {
    request.decidedBy.splice(request.decidedBy.indexOf(given.by.id), 1);
    throw failureOf(error);
  } finally {
    request.storing -= 1;
  }
}

/** Ends the request unless a decision has ended it. */
async function close(
  tenantId: string,
  request: Request,
  how: { status: 'expired' | 'withdrawn'; reason: string | null; by: Actor | null },
): Promise<void> {
  const { approvalId } = request;
  const { outcome, values } = await CancellationScope.nonCancellable(() =>
    db.closeApproval({ tenantId, approvalId, ...how }),
  );
  request.values = values;
  request.outcome ??= outcome;
}

/** Waits for the end: a decision, the expiry, a withdrawal or a cancellation. Escalates in between. */
async function untilEnded(
  { tenantId, policy }: InputOf<Contract>,
  request: Request,
  isDeclined: () => boolean,
  progress: ReturnType<typeof trackProgress<Contract>>,
): Promise<ApprovalOutcome> {
  const isOver = () => request.outcome !== null || isDeclined();
  const within = (atMs: number) => condition(isOver, Math.max(1, atMs - Date.now()));
  const mails = new CancellationScope();
  const { approvalId, expiresAtMs } = request;
  const tell = (escalated: boolean) =>
    void mails.run(() => sendMails(tenantId, approvalId, escalated)).catch(() => undefined);
  try {
    tell(false);
    const escalatesAtMs = policy.escalation ? Date.now() + policy.escalation.afterMs : Infinity;
    if (escalatesAtMs < expiresAtMs) {
      progress.setNext({ kind: 'escalation', atMs: escalatesAtMs, closesAtMs: expiresAtMs });
      if (!(await within(escalatesAtMs))) {
        await db.escalateApproval({ tenantId, approvalId });
        request.escalated = true;
        tell(true);
      }
    }
    progress.setNext({ kind: 'expiry', atMs: expiresAtMs });
    if (!(await within(expiresAtMs))) {
      await condition(() => request.storing === 0);
      if (!isOver()) await close(tenantId, request, { status: 'expired', reason: null, by: null });
    }
  } catch (error) {
    if (!isCancellation(error)) throw error;
    await close(tenantId, request, { status: 'withdrawn', reason: null, by: null });
  }
  mails.cancel();
  return (request.outcome ??= 'declined');
}

/** Emails everyone who can decide. A mailbox that is out of reach holds up no decision. */
async function sendMails(tenantId: string, approvalId: string, escalated: boolean): Promise<void> {
  const people = await db.listApprovers({ tenantId, approvalId });
  await Promise.allSettled(
    people.map((userId) => mail.sendApprovalMail({ tenantId, approvalId, userId, escalated })),
  );
}
