import type { Logger } from 'pino';

/** One thing to close, named as an operator would read it in the log. */
export type ShutdownStep = Readonly<{ name: string; run: () => Promise<void> | void }>;

type ShutdownLog = Pick<Logger, 'info' | 'error'>;

/**
 * Runs the steps in order on the first SIGINT or SIGTERM, then exits: 0, or 1 when a step failed or `forceMs` passed.
 * Later signals change nothing: a terminal and npm both deliver the same Ctrl-C. Returns the same stop for other callers.
 */
export function onShutdown(
  log: ShutdownLog,
  steps: readonly ShutdownStep[],
  options: Readonly<{ forceMs: number }>,
): (reason: string) => void {
  let stopping = false;
  const stop = (reason: string) => {
    if (stopping) return;
    stopping = true;
    const force = setTimeout(() => {
      log.error({ reason, forceMs: options.forceMs }, 'shutdown took too long, exiting now');
      process.exit(1);
    }, options.forceMs);
    force.unref();
    void runSteps(log, steps).then((clean) => process.exit(clean ? 0 : 1));
  };
  process.on('SIGINT', () => stop('SIGINT'));
  process.on('SIGTERM', () => stop('SIGTERM'));
  return stop;
}

/**
 * Ends this process when the launcher that started it is gone, even by SIGKILL: the IPC channel closes with its owner.
 * No-op without a channel (production, compose).
 */
export function exitWithParent(stop: (reason: string) => void = () => process.exit(1)): void {
  const reason = 'the parent process is gone';
  if (process.connected === undefined) return;
  // It may have gone while this process was still loading.
  if (!process.connected) return stop(reason);
  process.channel?.unref();
  process.on('disconnect', () => stop(reason));
}

async function runSteps(log: ShutdownLog, steps: readonly ShutdownStep[]): Promise<boolean> {
  let clean = true;
  for (const step of steps) {
    try {
      await step.run();
    } catch (error) {
      clean = false;
      log.error({ err: error, step: step.name }, 'a shutdown step failed');
    }
  }
  return clean;
}
