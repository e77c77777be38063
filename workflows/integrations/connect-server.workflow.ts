import { allHandlersFinished, type ApplicationFailure, condition } from '@temporalio/workflow';
import type { connectServerContract } from './connect-server.contract.ts';
import type { InputOf, OutputOf } from '../define.ts';
import { describeFailure, fail, failureOf } from '../shared/failures.ts';
import { handle } from '../shared/handle.ts';
import { asked, db, undo } from '../shared/profiles.ts';
import { trackProgress } from '../shared/progress.ts';

type Contract = typeof connectServerContract;
type Connected = { connectionId: string; accountLabel: string };

/** As long as a state works at the way back. */
const agreeWithin = '10 minutes';

/** Connects a service, or says why not. The waiting secret is gone at the end, however it ends. */
export async function connectServer(input: InputOf<Contract>): Promise<OutputOf<Contract>> {
  const { tenantId, server, actor, connectId, back } = input;
  const story = trackProgress<Contract>(['credentials', 'check', 'connect']);
  let secret = input.secret;
  let address: string | null = null;
  let connected: Connected | null = null;
  let failure: ApplicationFailure | null = null;

  const outcome = async () => {
    await condition(() => connected !== null || failure !== null);
    if (failure) throw failureOf(failure);
    return connected as Connected;
  };
  handle<Contract>({
    connected: { summary: 'Answers when the service is connected', run: outcome },
    whereToAgree: {
      summary: 'Answers where the person goes to agree',
      async run() {
        await condition(() => address !== null || failure !== null);
        if (failure) throw failureOf(failure);
        return { url: address as string };
      },
    },
    agreed: {
      summary: 'The person is back from the service',
      validate(back) {
        const other = back.by.id !== actor.id || back.server !== server;
        if (address === null || secret !== null || failure || other) {
          fail('oauth.failed', 'This way back was used before, or is too old. Start again.');
        }
      },
      run(back) {
        secret = back.secret;
        return outcome();
      },
    },
  });

  async function connect(): Promise<void> {
    story.set('credentials', 'running');
    if (secret === null) {
      address = (await asked.beginOauth({ tenantId, server, connectId, actor, ...(back && { back }) })).url;
      story.set('credentials', 'waiting', { waitingFor: 'the person who connects it' });
      if (!(await condition(() => secret !== null, agreeWithin))) {
        fail('oauth.failed', 'Nobody came back from the service in time. Start again.');
      }
      await asked.finishOauth({ tenantId, server, secret: secret as unknown as string, actor });
    }
    const waiting = secret as string;
    story.set('credentials', 'done');
    story.set('check', 'running');
    const { accountLabel } = await asked.checkCredentials({ tenantId, server, secret: waiting });
    story.set('check', 'done');
    story.set('connect', 'running');
    const { connectionId } = await db.openConnection({
      tenantId,
      server,
      secret: waiting,
      accountLabel,
      actor,
    });
    story.set('connect', 'done');
    connected = { connectionId, accountLabel };
  }

  try {
    await connect();
  } catch (error) {
    failure = failureOf(error);
    const open = story.progress.steps.find(({ state }) => state === 'running' || state === 'waiting');
    if (open) story.set(open.key as 'check', 'failed', { error: describeFailure(error) });
  }
  if (secret !== null) await undo.dropSecret({ tenantId, secret });
  story.finish(connected ? 'done' : 'stopped');
  await condition(allHandlersFinished);
  return { outcome: connected ? 'connected' : 'abandoned' };
}
