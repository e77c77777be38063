import { allHandlersFinished, condition } from '@temporalio/workflow';
import type { callToolContract, ToolAnswer } from './call-tool.contract.ts';
import type { InputOf } from '../define.ts';
import { describeFailure, failureOf } from '../shared/failures.ts';
import { handle, onSignals } from '../shared/handle.ts';
import { trackProgress } from '../shared/progress.ts';
import { toolClient } from '../shared/tool-client.ts';

type Contract = typeof callToolContract;

/** One call of one tool: made, or asked for and then made, or refused. Ends in any case. */
export async function callTool(input: InputOf<Contract>): Promise<ToolAnswer> {
  const { tenantId, actor, server, tool, arguments: args } = input;
  const story = trackProgress<Contract>(['approval', 'call']);
  let answer: ToolAnswer | null = null;

  const tools = toolClient({ tenantId, actor }, (waiting) => {
    if (!waiting) {
      answer = null;
      story.set('approval', 'done');
      return;
    }
    const expiresAt = new Date(waiting.expiresAtMs).toISOString();
    answer = { status: 'waiting', approvalId: waiting.approvalId, expiresAt };
    story.set('approval', 'waiting', { waitingFor: 'somebody who may approve it' });
    story.setNext({ what: 'the request expires', atMs: waiting.expiresAtMs });
  });
  handle<Contract>({
    decideApproval: tools.decide,
    answer: {
      summary: 'Answers when the call has ended, or waits for somebody',
      async run() {
        await condition(() => answer !== null);
        return answer as ToolAnswer;
      },
    },
  });
  onSignals<Contract>({ approvalDenied: tools.denied });

  story.set('call', 'running');
  try {
    answer = { status: 'done', result: await tools.callTool({ server, tool, arguments: args }) };
    if (story.stepOf('approval').state === 'upcoming') story.set('approval', 'skipped');
    story.set('call', 'done');
    story.finish('done');
  } catch (error) {
    const failure = failureOf(error);
    const fields = (failure.details?.[0] as { fields?: Record<string, string> } | undefined)?.fields;
    answer = { status: 'failed', error: { ...describeFailure(error), ...(fields && { fields }) } };
    story.set('call', 'failed', { error: describeFailure(error) });
    story.finish('failed');
  }
  await condition(allHandlersFinished);
  return answer;
}
