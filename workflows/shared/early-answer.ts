import { allHandlersFinished, CancellationScope, condition } from '@temporalio/workflow';
import type { RunState } from '../../db/domain/progress.ts';
import { failureOf } from './failures.ts';

type Outcome<T> = { ok: true; value: T } | { ok: false; error: unknown };

/** The answer a caller waits for while the run continues: given once it is known, to everyone who asks. */
export interface EarlyAnswer<T> {
  /** Handler of the update that asks for it; rejects with the failure's code, text and field messages. */
  handler(summary: string): { summary: string; run(): Promise<T> };
  resolve(value: T): void;
  reject(error: unknown): void;
  /** Takes the answer back: the next caller waits for another one. */
  reset(): void;
  isResolved(): boolean;
  /** Waits for the answer inside the workflow. */
  wait(): Promise<T>;
  /** Waits until a caller has taken the answer, at most so long: for one who starts the run and asks afterwards. */
  untilTaken(within: '30 seconds'): Promise<void>;
}

/** See `EarlyAnswer`. Waits by workflow conditions only, so replay takes the same path. */
export function earlyAnswer<T>(): EarlyAnswer<T> {
  let outcome: Outcome<T> | null = null;
  let taken = false;

  async function wait(): Promise<T> {
    await condition(() => outcome !== null);
    const known = outcome as unknown as Outcome<T>;
    // A new failure each time: one that has been sent already carries its encrypted form.
    if (!known.ok) throw failureOf(known.error);
    return known.value;
  }

  return {
    handler: (summary) => ({
      summary,
      async run() {
        try {
          return await wait();
        } finally {
          taken = true;
        }
      },
    }),
    resolve: (value) => void (outcome = { ok: true, value }),
    reject: (error) => void (outcome = { ok: false, error }),
    reset: () => void (outcome = null),
    isResolved: () => outcome?.ok === true,
    wait,
    untilTaken: async (within) => void (await condition(() => taken, within)),
  };
}

/** Waits for every handler to answer: a run that ends earlier drops them. Holds for a cancelled run too. */
export const handlersFinished = (): Promise<void> =>
  CancellationScope.nonCancellable(() => condition(allHandlersFinished));

/** Ends a run: its last state, then every answer that is still due. */
export async function finish(
  progress: { finish(state: Extract<RunState, 'done' | 'failed' | 'stopped'>): void },
  state: Extract<RunState, 'done' | 'failed' | 'stopped'>,
): Promise<void> {
  progress.finish(state);
  await handlersFinished();
}
