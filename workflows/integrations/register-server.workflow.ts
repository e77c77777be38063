import { condition } from '@temporalio/workflow';
import { PLATFORM_TENANT_ID } from '../../db/domain/ids.ts';
import type { InputOf, OutputOf } from '../define.ts';
import type { registerServerContract } from './register-server.contract.ts';
import { earlyAnswer, finish } from '../shared/early-answer.ts';
import { describeFailure, fail, failureOf } from '../shared/failures.ts';
import { handle } from '../shared/handle.ts';
import { db, interactive, slow, undo } from '../shared/profiles.ts';
import { trackProgress } from '../shared/progress.ts';
import { dayMs } from '../../db/domain/time.ts';

type Contract = typeof registerServerContract;
type Outcome = OutputOf<Contract>['outcome'];
type Fetched = Awaited<ReturnType<typeof slow.fetchServer>>;

const finishWithinMs = 14 * dayMs;
/** The caller starts the run and asks for the answer right after. */
const answerWithin = '30 seconds';

/** Registers a third-party server: fetched, its tools read, reviewed, published. Or changes the source of one. */
export async function registerServer(input: InputOf<Contract>): Promise<OutputOf<Contract>> {
  const { server, source, registration } = input;
  const progress = trackProgress<Contract>(['fetch', 'read', 'review', 'publish']);
  const fetched = earlyAnswer<{ server: string }>();
  let files: Fetched | null = null;
  let busy = false;
  let outcome: Outcome | null = null;

  const assertOpen = () => {
    if (!fetched.isResolved() || outcome !== null || busy) fail('step.not-open', 'This can’t be done now.');
  };
  /** One request at a time. */
  async function exclusive<T>(work: () => Promise<T>): Promise<T> {
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
    progress.set('read', 'running');
    try {
      const tools = await interactive.readServerTools({
        server,
        fetched: files as Fetched,
        secret,
        actor: by,
      });
      progress.set('read', 'done');
      if (registration) progress.set('review', 'waiting', { waitingFor: 'administrator' });
      else outcome = 'changed';
      return tools;
    } catch (error) {
      progress.set('read', 'waiting', { waitingFor: 'administrator', error: describeFailure(error) });
      throw error;
    } finally {
      if (secret !== null) await undo.dropSecret({ tenantId: PLATFORM_TENANT_ID, secret });
    }
  }

  handle<Contract>({
    fetched: fetched.handler('Answers when the server is fetched'),
    readTools: {
      summary: 'Reads the tools of the server',
      validate: assertOpen,
      run: ({ secret, by }) => exclusive(async () => ({ tools: await readTools(secret, by) })),
    },
    publish: {
      summary: 'Publishes the server to tenants',
      validate() {
        assertOpen();
        if (progress.stepOf('review').state !== 'waiting') fail('step.not-open', 'Read its tools first.');
      },
      run: ({ by }) =>
        exclusive(async () => {
          await db.publishServer({ server, actor: by });
          outcome = 'published';
          return null;
        }),
    },
    discard: {
      summary: 'Discards the registration',
      validate: assertOpen,
      run: ({ reason, by }) =>
        exclusive(async () => {
          if (registration) await db.discardServer({ server, reason, actor: by });
          outcome = 'discarded';
          return null;
        }),
    },
  });

  progress.set('fetch', 'running');
  try {
    files = await slow.fetchServer({ source });
    if (registration) await db.insertServer({ server, registration, fetched: files, actor: input.actor });
  } catch (error) {
    fetched.reject(error);
    progress.set('fetch', 'failed', { error: describeFailure(error) });
    await fetched.untilTaken(answerWithin);
    await finish(progress, 'failed');
    return { outcome: 'refused' };
  }
  fetched.resolve({ server });
  progress.set('fetch', 'done');
  progress.set('read', 'waiting', { waitingFor: 'administrator' });
  progress.setNext({ kind: 'close', atMs: Date.now() + finishWithinMs });

  await condition(() => outcome !== null, finishWithinMs);
  // A request that is being served is not interrupted.
  await condition(() => !busy);
  const how: Outcome = (outcome as Outcome | null) ?? 'expired';
  if (how === 'expired' && registration)
    await db.discardServer({ server, reason: 'The registration was not finished in time.', actor: null });
  if (how === 'published') for (const key of ['review', 'publish'] as const) progress.set(key, 'done');
  progress.skipRest();
  await finish(progress, how === 'published' || how === 'changed' ? 'done' : 'stopped');
  return { outcome: how };
}
