import { allHandlersFinished, type ApplicationFailure, condition } from '@temporalio/workflow';
import type { InputOf } from '../define.ts';
import { describeFailure, failureOf } from '../shared/failures.ts';
import { handle } from '../shared/handle.ts';
import { asked } from '../shared/profiles.ts';
import { trackProgress } from '../shared/progress.ts';
import type { ConnectionTest, testConnectionContract } from './test-connection.contract.ts';

type Contract = typeof testConnectionContract;

/** Tests one connection once. A service that does not answer is an outcome of the test, and no failure of it. */
export async function testConnection(input: InputOf<Contract>): Promise<ConnectionTest> {
  const { tenantId, server, actor } = input;
  const story = trackProgress<Contract>(['test']);
  let tested: ConnectionTest | null = null;
  let failure: ApplicationFailure | null = null;
  handle<Contract>({
    tested: {
      summary: 'Answers when the service has answered, or has not',
      async run() {
        await condition(() => tested !== null || failure !== null);
        if (failure) throw failureOf(failure);
        return tested as ConnectionTest;
      },
    },
  });

  story.set('test', 'running');
  try {
    tested = await asked.testConnection({ tenantId, server, actor });
    story.set('test', 'done', tested.problem === null ? {} : { note: tested.problem });
    story.finish('done');
  } catch (error) {
    failure = failureOf(error);
    story.set('test', 'failed', { error: describeFailure(error) });
    story.finish('failed');
  }
  await condition(allHandlersFinished);
  if (failure) throw failureOf(failure);
  return tested as unknown as ConnectionTest;
}
