import { allHandlersFinished, type ApplicationFailure, condition } from '@temporalio/workflow';
import { noticeKeys, noticesBefore } from '../../db/domain/integrations/deprecation.ts';
import type { InputOf, OutputOf } from '../define.ts';
import type { deprecateServerContract } from './deprecate-server.contract.ts';
import { describeFailure, fail, failureOf, isRefusal } from '../shared/failures.ts';
import { handle } from '../shared/handle.ts';
import { call, db } from '../shared/profiles.ts';
import { trackProgress } from '../shared/progress.ts';

type Contract = typeof deprecateServerContract;

const mailsAtOnce = 10;
/** Whoever started it asks for the answer right after. */
const answerWithin = '30 seconds';

/** Tells who uses a service that it ends, ends it at its date, and says so; or leaves it when it is called off. */
export async function deprecateServer(input: InputOf<Contract>): Promise<OutputOf<Contract>> {
  const { server, offAt } = input;
  const story = trackProgress<Contract>(['announce', 'now', 'month', 'week', 'day', 'end', 'ended']);
  let announcement: 'being made' | 'made' | ApplicationFailure = 'being made';
  let answered = false;
  let calledOff = false;

  handle<Contract>({
    announced: {
      summary: 'Answers when the end is announced',
      async run() {
        await condition(() => announcement !== 'being made');
        answered = true;
        if (announcement !== 'made') throw failureOf(announcement);
        return { offAt };
      },
    },
    callOff: {
      summary: 'The service goes on',
      validate() {
        if (announcement !== 'made' || calledOff) fail('run.ended', 'There is no end to call off.');
      },
      async run({ reason, by }) {
        await db.callOffEnd({ server, reason, by });
        calledOff = true;
        return null;
      },
    },
  });

  /** Whoever uses the service at this moment; who has left is told nothing more. */
  async function tellOwners(template: 'service-ending' | 'service-ended'): Promise<void> {
    const { owners, data } = await db.endOfService({ server });
    for (let from = 0; from < owners.length && !calledOff; from += mailsAtOnce) {
      await Promise.all(
        owners.slice(from, from + mailsAtOnce).map((owner) =>
          call.sendMail({ ...owner, template, data }).catch((error: unknown) => {
            // Somebody who has left meanwhile, or whose address takes no mail, holds up nobody.
            if (!isRefusal(error)) throw error;
          }),
        ),
      );
    }
  }

  async function waitUntil(what: string, atMs: number): Promise<boolean> {
    story.setNext({ what, atMs });
    const waitMs = atMs - Date.now();
    return waitMs <= 0 ? calledOff : condition(() => calledOff, waitMs);
  }

  story.set('announce', 'running');
  try {
    await db.announceEnd(input);
  } catch (error) {
    announcement = failureOf(error);
    story.set('announce', 'failed', { error: describeFailure(error) });
    await condition(() => answered, answerWithin);
    story.finish('failed');
    await condition(allHandlersFinished);
    return { outcome: 'refused' };
  }
  announcement = 'made';
  story.set('announce', 'done');

  const notices = noticesBefore(Date.now(), Date.parse(offAt));
  for (const key of noticeKeys) if (!notices.some((notice) => notice.key === key)) story.set(key, 'skipped');
  for (const { key, atMs } of notices) {
    if (atMs > Date.now()) story.set(key, 'waiting', { waitingFor: 'its day' });
    if (await waitUntil('The owners who use it are told', atMs)) break;
    await story.step(key, () => tellOwners('service-ending'));
  }
  if (!calledOff) story.set('end', 'waiting', { waitingFor: 'its day' });
  if (!calledOff && !(await waitUntil('The service is switched off', Date.parse(offAt)))) {
    story.setNext(null);
    await story.step('end', () => db.endService({ server }));
    if (!calledOff) await story.step('ended', () => tellOwners('service-ended'));
  }
  if (calledOff) {
    for (const { key, state } of story.progress.steps)
      if (state !== 'done') story.set(key as 'end', 'skipped');
  }
  story.finish(calledOff ? 'stopped' : 'done');
  await condition(allHandlersFinished);
  return { outcome: calledOff ? 'calledOff' : 'ended' };
}
