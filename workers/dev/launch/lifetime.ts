import type { Say } from '../kit/say.ts';
import { explain } from '../kit/say.ts';

/** The parts of a running platform in the order they stop. */
const stopOrder = [
  'API',
  'worker',
  'stand-ins',
  'payment sandbox',
  'mailbox',
  'Temporal',
  'PostgreSQL',
  'addresses',
  'lock',
] as const;
type Part = (typeof stopOrder)[number];

/** From the first started part to the last stopped one. */
export type Lifetime = Readonly<{
  /** Aborted when the person wants to stop (reason `stopRequested`) or a part failed to start (reason: its error). */
  signal: AbortSignal;
  abort: (reason: unknown) => void;
  /** Registers how a part stops, as soon as it runs. */
  onStop: (part: Part, stop: () => Promise<void>) => void;
  stop: (say: Say) => Promise<boolean>;
}>;

/** The reason of an abort that is a wish, not a failure. */
export const stopRequested = new Error('Stopped on request.');

export function createLifetime(): Lifetime {
  const controller = new AbortController();
  const stops = new Map<Part, () => Promise<void>>();
  const stop = async (say: Say) => {
    let clean = true;
    for (const part of stopOrder) {
      try {
        await stops.get(part)?.();
      } catch (error) {
        clean = false;
        say(`${part} did not stop properly: ${explain(error)}`);
      }
    }
    return clean;
  };
  return {
    signal: controller.signal,
    abort: (reason) => controller.abort(reason),
    onStop: (part, run) => stops.set(part, run),
    stop,
  };
}

/**
 * Runs tasks side by side and waits for all of them, so that nothing starts behind the back of a stop. The first
 * failure aborts the others and is thrown.
 */
export async function together(life: Lifetime, tasks: readonly Promise<unknown>[]): Promise<void> {
  const guarded = tasks.map((task) => task.catch((error: unknown) => life.abort(error)));
  await Promise.all(guarded);
  life.signal.throwIfAborted();
}
