import type { InputOf, OutputOf } from '../define.ts';
import { earlyAnswer, finish } from '../shared/early-answer.ts';
import { describeFailure } from '../shared/failures.ts';
import { handle } from '../shared/handle.ts';
import { db, mail } from '../shared/profiles.ts';
import { trackProgress } from '../shared/progress.ts';
import type { disableServerContract } from './disable-server.contract.ts';

type Contract = typeof disableServerContract;

const mailsAtOnce = 10;

/** Turns a server off, then emails the owners who use it: each once, however often the run is interrupted. */
export async function disableServer(input: InputOf<Contract>): Promise<OutputOf<Contract>> {
  const { server, reason, actor } = input;
  const progress = trackProgress<Contract>(['disable', 'notify']);
  const disabled = earlyAnswer<{ disabledAt: string }>();
  handle<Contract>({ disabled: disabled.handler('Answers when the server is off') });

  progress.set('disable', 'running');
  let disabledAt: string;
  try {
    ({ disabledAt } = await db.disableServer({ server, reason, actor }));
  } catch (error) {
    disabled.reject(error);
    progress.set('disable', 'failed', { error: describeFailure(error) });
    await finish(progress, 'stopped');
    return { outcome: 'refused' };
  }
  disabled.resolve({ disabledAt });
  progress.set('disable', 'done');

  await progress.step('notify', async () => {
    const owners = await db.ownersToNotify({ server, disabledAt });
    for (let from = 0; from < owners.length; from += mailsAtOnce) {
      const some = owners.slice(from, from + mailsAtOnce);
      await Promise.all(some.map((owner) => mail.notifyOfDisabled({ ...owner, server, disabledAt })));
    }
  });
  await finish(progress, 'done');
  return { outcome: 'disabled' };
}
