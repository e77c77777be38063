import { condition } from '@temporalio/workflow';
import type { connectServerContract } from './connect-server.contract.ts';
import type { InputOf, OutputOf } from '../define.ts';
import { earlyAnswer, finish } from '../shared/early-answer.ts';
import { describeFailure, fail, isRefusal } from '../shared/failures.ts';
import { handle } from '../shared/handle.ts';
import { db, interactive, undo } from '../shared/profiles.ts';
import { trackProgress } from '../shared/progress.ts';

type Contract = typeof connectServerContract;
type Connected = { connectionId: string; accountLabel: string };

/** As long as an OAuth state is valid. */
const authorizeWithin = '10 minutes';

const usedOrExpired = 'This authorization was already used or has expired. Start again.';
const tookTooLong = 'The authorization wasn’t completed in time. Start again.';

/** Connects a server, or answers why not. The staged secret is deleted at the end, however it ends. */
export async function connectServer(input: InputOf<Contract>): Promise<OutputOf<Contract>> {
  const { tenantId, server, actor, connectId, returnTo } = input;
  const progress = trackProgress<Contract>(['credentials', 'check', 'connect']);
  const connected = earlyAnswer<Connected>();
  const authorizationUrl = earlyAnswer<{ url: string }>();
  let secret = input.secret;
  let ended = false;
  let end: 'done' | 'failed' | 'stopped' = 'done';

  handle<Contract>({
    connected: connected.handler('Answers when the server is connected'),
    authorizationUrl: authorizationUrl.handler('Answers with the address at which the person grants access'),
    authorized: {
      summary: 'The person is back from the vendor',
      validate(callback) {
        const isOther = callback.by.id !== actor.id || callback.server !== server;
        if (!authorizationUrl.isResolved() || secret !== null || ended || isOther)
          fail('oauth.failed', usedOrExpired);
      },
      run(callback) {
        ({ secret } = callback);
        return connected.wait();
      },
    },
  });

  /** The name of the staged secret: typed in before, or granted at the vendor. */
  async function getCredentials(): Promise<string> {
    if (secret !== null) return secret;
    const target = { tenantId, server, connectId, actor, ...(returnTo && { returnTo }) };
    authorizationUrl.resolve({ url: (await interactive.startOAuth(target)).url });
    progress.set('credentials', 'waiting', { waitingFor: 'connector' });
    if (!(await condition(() => secret !== null, authorizeWithin))) fail('oauth.failed', tookTooLong);
    const granted = secret as unknown as string;
    await interactive.finishOAuth({ tenantId, server, secret: granted, actor });
    return granted;
  }

  async function connect(): Promise<Connected> {
    progress.set('credentials', 'running');
    const staged = await getCredentials();
    progress.set('credentials', 'done');
    progress.set('check', 'running');
    const { accountLabel } = await interactive.checkCredentials({ tenantId, server, secret: staged });
    progress.set('check', 'done');
    progress.set('connect', 'running');
    const { connectionId } = await db.openConnection({
      tenantId,
      server,
      secret: staged,
      accountLabel,
      actor,
    });
    progress.set('connect', 'done');
    return { connectionId, accountLabel };
  }

  try {
    connected.resolve(await connect());
  } catch (error) {
    // What the person can put right is no failure of the platform; a vendor that can't be reached is.
    end = isRefusal(error) ? 'stopped' : 'failed';
    connected.reject(error);
    if (!authorizationUrl.isResolved()) authorizationUrl.reject(error);
    const open = progress.snapshot.steps.find(({ state }) => state === 'running' || state === 'waiting');
    if (open) progress.set(open.key as 'check', 'failed', { error: describeFailure(error) });
  }
  ended = true;
  if (secret !== null) await undo.dropSecret({ tenantId, secret });
  await finish(progress, end);
  // The run itself fails, with its cause.
  if (end === 'failed') await connected.wait();
  return { outcome: connected.isResolved() ? 'connected' : 'abandoned' };
}
