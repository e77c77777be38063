import type { DataConverter } from '@temporalio/common';
import { Worker, type WorkflowBundle } from '@temporalio/worker';
import type { Replayer } from '../activities/ports.ts';

/** What an engine's message says at most; it names activities and events, never what went in or out. */
const longestMessage = 300;

const isMismatch = (error: unknown): boolean =>
  error instanceof Error &&
  (error.name === 'DeterminismViolationError' || /nondeterminism|TMPRL1100/i.test(error.message));

/** What doesn't match, out of the wrapping: "Nondeterminism error: …". */
function placeIn(message: string): string {
  const [, place] = /\[TMPRL1100\] ([^"]+)/.exec(message) ?? [];
  return (place ?? message).slice(0, longestMessage);
}

/** The event a mismatch is at: "HistoryEvent(id: 8, …)". */
function eventIn(message: string): number | null {
  const [, id] = /\bid: (\d+)/.exec(message) ?? [];
  return id === undefined ? null : Number(id);
}

/**
 * Replays runs with the bundle of this worker. What the code would decide beyond the last recorded decision isn't
 * compared: there is nothing to compare it with yet.
 */
export function workflowReplayer(
  bundleOf: () => Promise<WorkflowBundle>,
  dataConverter: DataConverter,
): Replayer {
  return {
    async replay(history, workflowId) {
      const events = history.events?.length ?? 0;
      const options = { workflowBundle: await bundleOf(), dataConverter };
      try {
        await Worker.runReplayHistory(options, history, workflowId);
        return { outcome: 'matches', eventId: null, message: null, events };
      } catch (error) {
        const message = error instanceof Error ? error.message : String(error);
        if (isMismatch(error)) {
          return { outcome: 'differs', eventId: eventIn(message), message: placeIn(message), events };
        }
        // What code of its own says could hold anything: only its kind is told.
        const kind = error instanceof Error ? error.name : 'Error';
        return {
          outcome: 'fails',
          eventId: null,
          message: `The code breaks on this history: ${kind}`,
          events,
        };
      }
    },
  };
}
