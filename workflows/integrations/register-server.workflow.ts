import { allHandlersFinished, type ApplicationFailure, condition } from '@temporalio/workflow';
import { PLATFORM_TENANT_ID } from '../../db/domain/ids.ts';
import type { InputOf, OutputOf } from '../define.ts';
import type { registerServerContract } from './register-server.contract.ts';
import { describeFailure, fail, failureOf } from '../shared/failures.ts';
import { handle } from '../shared/handle.ts';
import { asked, db, slow, undo } from '../shared/profiles.ts';
import { trackProgress } from '../shared/progress.ts';

type Contract = typeof registerServerContract;
type Outcome = OutputOf<Contract>['outcome'];
type Fetched = Awaited<ReturnType<typeof slow.fetchService>>;

const person = 'an administrator';
/** What nobody finishes in this time is not wanted. */
const finishWithin = '14 days';
/** Whoever started it asks for the answer right after. */
const answerWithin = '30 seconds';

/** Brings a service in: fetched, its tools read, looked at by a person, offered. Or gives one another source. */
export async function registerServer(input: InputOf<Contract>): Promise<OutputOf<Contract>> {
  const { server, source, registration } = input;
  const story = trackProgress<Contract>(['fetch', 'read', 'look', 'offer']);
  let fetched: Fetched | null = null;
  let entry: 'being made' | 'made' | ApplicationFailure = 'being made';
  let answered = false;
  let busy = false;
  let outcome: Outcome | null = null;

  const mustBeOpen = () => {
    if (entry !== 'made' || outcome !== null || busy) fail('step.not-open', 'This cannot be done now.');
  };
  /** One order at a time. */
  async function alone<T>(work: () => Promise<T>): Promise<T> {
    busy = true;
    try {
      return await work();
    } catch (error) {
      throw failureOf(error);
    } finally {
      busy = false;
    }
  }

  async function readTools(secret: string | null, by: typeof input.actor): Promise<number> {
    story.set('read', 'running');
    try {
      const tools = await asked.readService({ server, fetched: fetched as Fetched, secret, actor: by });
      story.set('read', 'done');
      if (registration) story.set('look', 'waiting', { waitingFor: person });
      else outcome = 'changed';
      return tools;
    } catch (error) {
      story.set('read', 'waiting', { waitingFor: person, error: describeFailure(error) });
      throw error;
    } finally {
      if (secret !== null) await undo.dropSecret({ tenantId: PLATFORM_TENANT_ID, secret });
    }
  }

  handle<Contract>({
    fetched: {
      summary: 'Answers when the service is fetched',
      async run() {
        await condition(() => entry !== 'being made');
        answered = true;
        if (entry !== 'made') throw failureOf(entry);
        return { server };
      },
    },
    readTools: {
      summary: 'Reads what the service can do',
      validate: mustBeOpen,
      run: ({ secret, by }) => alone(async () => ({ tools: await readTools(secret, by) })),
    },
    offer: {
      summary: 'Offers the service to tenants',
      validate() {
        mustBeOpen();
        if (story.stepOf('look').state !== 'waiting') fail('step.not-open', 'Read its tools first.');
      },
      run: ({ by }) =>
        alone(async () => {
          await db.offerService({ server, actor: by });
          outcome = 'offered';
          return null;
        }),
    },
    withdraw: {
      summary: 'The service is not brought in',
      validate: mustBeOpen,
      run: ({ reason, by }) =>
        alone(async () => {
          if (registration) await db.withdrawService({ server, reason, actor: by });
          outcome = 'withdrawn';
          return null;
        }),
    },
  });

  story.set('fetch', 'running');
  try {
    fetched = await slow.fetchService({ source });
    if (registration) await db.enterService({ server, registration, fetched, actor: input.actor });
  } catch (error) {
    entry = failureOf(error);
    story.set('fetch', 'failed', { error: describeFailure(error) });
    await condition(() => answered, answerWithin);
    story.finish('failed');
    await condition(allHandlersFinished);
    return { outcome: 'refused' };
  }
  entry = 'made';
  story.set('fetch', 'done');
  story.set('read', 'waiting', { waitingFor: person });
  story.setNext({ what: 'An unfinished registration is closed', atMs: Date.now() + 14 * 86_400_000 });

  await condition(() => outcome !== null, finishWithin);
  // Who is just doing something with it is not interrupted.
  await condition(() => !busy);
  if (outcome === null) {
    outcome = 'expired';
    if (registration) {
      await db.withdrawService({ server, reason: 'Nobody finished bringing it in.', actor: null });
    }
  }
  await finish(outcome);
  return { outcome };

  async function finish(how: Outcome): Promise<void> {
    const isDone = how === 'offered' || how === 'changed';
    if (how === 'offered') for (const key of ['look', 'offer'] as const) story.set(key, 'done');
    for (const { key, state } of story.progress.steps) {
      if (state !== 'done') story.set(key as 'look', 'skipped');
    }
    story.setNext(null);
    story.finish(isDone ? 'done' : 'stopped');
    await condition(allHandlersFinished);
  }
}
