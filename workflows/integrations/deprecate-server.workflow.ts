import { condition } from '@temporalio/workflow';
import { noticeKeys, noticesBefore } from '../../db/domain/integrations/deprecation.ts';
import type { InputOf, OutputOf } from '../define.ts';
import type { deprecateServerContract } from './deprecate-server.contract.ts';
import { earlyAnswer, finish } from '../shared/early-answer.ts';
import { describeFailure, fail, isRefusal } from '../shared/failures.ts';
import { handle } from '../shared/handle.ts';
import { db, mail } from '../shared/profiles.ts';
import { trackProgress } from '../shared/progress.ts';

type Contract = typeof deprecateServerContract;

const mailsAtOnce = 10;
/** The caller starts the run and asks for the answer right after. */
const answerWithin = '30 seconds';

/** Notifies the owners who use a server of its end, retires it on its date, and notifies them again; or is undone. */
export async function deprecateServer(input: InputOf<Contract>): Promise<OutputOf<Contract>> {
  const { server, offAt } = input;
  const progress = trackProgress<Contract>(['deprecate', 'now', 'month', 'week', 'day', 'retire', 'retired']);
  const deprecated = earlyAnswer<{ offAt: string }>();
  let undone = false;

  handle<Contract>({
    deprecated: deprecated.handler('Answers when the server is deprecated'),
    undo: {
      summary: 'Undoes the deprecation',
      validate() {
        if (!deprecated.isResolved() || undone) fail('run.ended', 'There is no deprecation to undo.');
      },
      async run({ reason, by }) {
        await db.undoDeprecation({ server, reason, by });
        undone = true;
        return null;
      },
    },
  });

  /** Mails the owners who use the server at this moment. */
  async function notifyOwners(template: 'server-deprecated' | 'server-retired'): Promise<void> {
    const { owners, data } = await db.readDeprecation({ server });
    for (let from = 0; from < owners.length && !undone; from += mailsAtOnce) {
      await Promise.all(
        owners.slice(from, from + mailsAtOnce).map((owner) =>
          mail.sendMail({ ...owner, template, data }).catch((error: unknown) => {
            // An owner who has left meanwhile, or whose address takes no mail, does not hold up the others.
            if (!isRefusal(error)) throw error;
          }),
        ),
      );
    }
  }

  /** True when the deprecation was undone before. */
  async function waitUntil(kind: 'notice' | 'retire', atMs: number): Promise<boolean> {
    progress.setNext({ kind, atMs });
    const waitMs = atMs - Date.now();
    return waitMs <= 0 ? undone : condition(() => undone, waitMs);
  }

  progress.set('deprecate', 'running');
  try {
    await db.deprecateServer(input);
  } catch (error) {
    deprecated.reject(error);
    progress.set('deprecate', 'failed', { error: describeFailure(error) });
    await deprecated.untilTaken(answerWithin);
    await finish(progress, 'failed');
    return { outcome: 'refused' };
  }
  deprecated.resolve({ offAt });
  progress.set('deprecate', 'done');

  const notices = noticesBefore(Date.now(), Date.parse(offAt));
  for (const key of noticeKeys)
    if (!notices.some((notice) => notice.key === key)) progress.set(key, 'skipped');
  for (const { key, atMs } of notices) {
    if (atMs > Date.now()) progress.set(key, 'waiting', { waitingFor: 'schedule' });
    if (await waitUntil('notice', atMs)) break;
    await progress.step(key, () => notifyOwners('server-deprecated'));
  }
  if (!undone) progress.set('retire', 'waiting', { waitingFor: 'schedule' });
  if (!undone && !(await waitUntil('retire', Date.parse(offAt)))) {
    progress.setNext(null);
    await progress.step('retire', () => db.retireServer({ server }));
    if (!undone) await progress.step('retired', () => notifyOwners('server-retired'));
  }
  if (undone) progress.skipRest();
  await finish(progress, undone ? 'stopped' : 'done');
  return { outcome: undone ? 'undone' : 'retired' };
}
