import { constants } from 'node:os';
import { stopTestServices } from './workspace.ts';

/** Stops the servers of this process before a signal ends it: they run in groups of their own, which Ctrl-C does not reach. */
export function stopOnSignals(): void {
  let stopping: Promise<void> | undefined;
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
    process.on(signal, () => {
      stopping ??= stopTestServices().finally(() => process.exit(128 + constants.signals[signal]));
    });
  }
}
