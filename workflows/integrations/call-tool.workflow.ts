import type { callToolContract, ToolAnswer } from './call-tool.contract.ts';
import type { InputOf } from '../define.ts';
import { earlyAnswer, finish } from '../shared/early-answer.ts';
import { describeFailure, failureOf } from '../shared/failures.ts';
import { handle, onSignals } from '../shared/handle.ts';
import { trackProgress } from '../shared/progress.ts';
import { toolClient } from '../shared/tool-client.ts';

type Contract = typeof callToolContract;

/** Calls one tool once, after an approval where one is required. Ends in any case: a refusal is an answer too. */
export async function callTool(input: InputOf<Contract>): Promise<ToolAnswer> {
  const { tenantId, actor, server, tool, arguments: args } = input;
  const progress = trackProgress<Contract>(['approval', 'call']);
  const answer = earlyAnswer<ToolAnswer>();

  const tools = toolClient({ tenantId, actor }, (pending) => {
    if (!pending) {
      answer.reset();
      progress.set('approval', 'done');
      return;
    }
    const expiresAt = new Date(pending.expiresAtMs).toISOString();
    answer.resolve({ status: 'waiting', approvalId: pending.approvalId, expiresAt });
    progress.set('approval', 'waiting', { waitingFor: 'approver' });
    progress.setNext({ kind: 'expiry', atMs: pending.expiresAtMs });
  });
  handle<Contract>({
    decideApproval: tools.decide,
    answer: answer.handler('Answers when the call has ended or waits for an approval'),
  });
  onSignals<Contract>({ approvalDenied: tools.denied });

  progress.set('call', 'running');
  try {
    answer.resolve({ status: 'done', result: await tools.callTool({ server, tool, arguments: args }) });
    if (progress.stepOf('approval').state === 'upcoming') progress.set('approval', 'skipped');
    progress.set('call', 'done');
    await finish(progress, 'done');
  } catch (error) {
    const fields = (failureOf(error).details?.[0] as { fields?: Record<string, string> } | undefined)?.fields;
    answer.resolve({ status: 'failed', error: { ...describeFailure(error), ...(fields && { fields }) } });
    progress.set('call', 'failed', { error: describeFailure(error) });
    await finish(progress, 'failed');
  }
  return answer.wait();
}
