import type { InputOf } from '../define.ts';
import { earlyAnswer, finish } from '../shared/early-answer.ts';
import { describeFailure } from '../shared/failures.ts';
import { handle } from '../shared/handle.ts';
import { interactive } from '../shared/profiles.ts';
import { trackProgress } from '../shared/progress.ts';
import type { ConnectionTest, testConnectionContract } from './test-connection.contract.ts';

type Contract = typeof testConnectionContract;

/** Tests one connection once. A server that does not answer is a result of the test, not a failure of it. */
export async function testConnection(input: InputOf<Contract>): Promise<ConnectionTest> {
  const { tenantId, server, actor } = input;
  const progress = trackProgress<Contract>(['test']);
  const tested = earlyAnswer<ConnectionTest>();
  handle<Contract>({ tested: tested.handler('Answers with the result of the test') });

  progress.set('test', 'running');
  try {
    const result = await interactive.testConnection({ tenantId, server, actor });
    tested.resolve(result);
    const { problem } = result;
    progress.set('test', 'done', problem === null ? {} : { note: { kind: 'problem', message: problem } });
    await finish(progress, 'done');
  } catch (error) {
    tested.reject(error);
    progress.set('test', 'failed', { error: describeFailure(error) });
    await finish(progress, 'failed');
  }
  return tested.wait();
}
