import {
  ActivityFailure,
  type ActivityOptions,
  ApplicationFailure,
  CancellationScope,
  proxyActivities,
} from '@temporalio/workflow';
import { getActivator } from '@temporalio/workflow/lib/global-attributes.js';
import type { Activities } from '../../activities/index.ts';
import { fail } from './failures.ts';

/** The freeze that an activity met. */
interface Held {
  freezeId: string;
  reach: 'tenant' | 'platform';
  tenantId: string;
}

/** Asked again and again by the server until the thaw: the wait costs one line of history and no place in a worker. */
export const { awaitThaw } = proxyActivities<Activities>({
  startToCloseTimeout: '10 seconds',
  retry: { initialInterval: '1 second', backoffCoefficient: 2, maximumInterval: '30 seconds' },
});

/** The freeze by which an activity was stopped; null where it failed otherwise. */
function heldBy(error: unknown): Held | null {
  const cause = error instanceof ActivityFailure ? error.cause : null;
  if (!(cause instanceof ApplicationFailure) || cause.type !== 'tenant.frozen') return null;
  return (cause.details?.[0] as { about?: Held } | undefined)?.about ?? null;
}

type Callable = ((...input: unknown[]) => Promise<unknown>) & {
  executeWithOptions(options: ActivityOptions, input: unknown[]): Promise<unknown>;
};

/** Waits for the thaw, then has the activity done under its own id, from which its idempotency key is made. */
async function doAfterThaw(
  activity: Callable,
  input: unknown[],
  { activityId, skippable, held }: { activityId: string; skippable: boolean; held: Held },
): Promise<unknown> {
  for (let round = 1, by = held; ; round += 1) {
    const { policy } = await awaitThaw(by);
    if (policy === 'skip' && skippable) fail('freeze.skipped');
    try {
      return await activity.executeWithOptions({ activityId: `${activityId}~${round}` }, input);
    } catch (error) {
      const again = heldBy(error);
      if (!again) throw error;
      by = again;
    }
  }
}

/**
 * Activities that wait while a freeze stops them, however long, and are then done as if nothing had been: they keep their
 * idempotency key, and neither attempts nor timeouts count while they wait. With `skippable` a thaw that skips held work
 * makes them fail with `freeze.skipped` instead.
 *
 * The wait begins where the failure arrives, not in a promise around the call: one more turn of the promise queue could
 * change the order of commands, and recorded histories would not replay.
 */
export function holdWhileFrozen(options: ActivityOptions, { skippable = false } = {}): Activities {
  const plain = proxyActivities<Activities>(options) as unknown as Record<string, unknown>;
  return new Proxy({} as Activities, {
    get(_target, name: string) {
      const activity = plain[name] as Callable;
      return (...input: unknown[]) => {
        const activator = getActivator();
        const seq = activator.nextSeqs.activity;
        const result = activity(...input);
        const completion = activator.completions.activity.get(seq);
        // Nothing was scheduled in a scope that is cancelled.
        if (!completion) return result;
        const scope = CancellationScope.current();
        const { resolve, reject } = completion as {
          resolve: (result: unknown) => void;
          reject: (error: unknown) => void;
        };
        completion.reject = (error) => {
          const held = heldBy(error);
          if (!held) return reject(error);
          const call = { activityId: String(seq), skippable, held };
          return void scope.run(() => doAfterThaw(activity, input, call)).then(resolve, reject);
        };
        return result;
      };
    },
  });
}
