import { setTimeout as sleep } from 'node:timers/promises';
import type { Running } from './child.ts';
import { logTail } from './child.ts';
import type { Say } from './say.ts';
import { explain } from './say.ts';

/** Something that can be started again and again on the same data and the same address. */
export type Service = Readonly<{ name: string; logFile: string; start: () => Promise<Running> }>;

export type Supervised = Readonly<{
  /** The process id now, or null between a crash and the next start. */
  pid: () => number | null;
  stop: () => Promise<void>;
}>;

type Options = Readonly<{ say: Say; onChange: () => void }>;

const firstDelayMs = 100;
const slowDelayMs = 5_000;
/** So many crashes in so short a time are a loop; it is over once the service has lived that long again. */
const crashLoop = { count: 5, windowMs: 30_000 };

/** Starts a service (a failure of this first start is thrown) and from then on starts it again whenever it dies. */
export async function supervise(service: Service, options: Options): Promise<Supervised> {
  let running: Running | null = await service.start();
  const stopping = new AbortController();

  const watch = async () => {
    const crashes: number[] = [];
    let startedAt = Date.now();
    while (!stopping.signal.aborted) {
      const reason = running ? await running.exited : 'it did not start';
      running = null;
      if (stopping.signal.aborted) return;
      options.onChange();
      if (crashes.length >= crashLoop.count && Date.now() - startedAt > crashLoop.windowMs)
        crashes.length = 0;
      crashes.push(Date.now());
      await pause(await backOff(service, crashes, reason, options.say), stopping.signal);
      if (stopping.signal.aborted) return;
      startedAt = Date.now();
      running = await startAgain(service, options.say);
      options.onChange();
    }
  };
  const watching = watch();
  return {
    pid: () => running?.pid ?? null,
    stop: async () => {
      stopping.abort();
      await running?.stop();
      await watching;
      // A start that was under way when the stop came has finished by now.
      await running?.stop();
    },
  };
}

async function startAgain(service: Service, say: Say): Promise<Running | null> {
  try {
    return await service.start();
  } catch (error) {
    say(`${service.name} could not be started again: ${explain(error)}`);
    return null;
  }
}

/** Fast after a single crash, slow in a loop, of which the person is told once what the log says. */
async function backOff(service: Service, crashes: number[], reason: string, say: Say): Promise<number> {
  const looping = crashes.length > crashLoop.count;
  const oldest = Date.now() - crashLoop.windowMs;
  while (!looping && crashes[0] !== undefined && crashes[0] < oldest) crashes.shift();
  if (crashes.length < crashLoop.count) {
    say(`${service.name} ended (${reason}); starting it again.`);
    return firstDelayMs * 2 ** (crashes.length - 1);
  }
  if (crashes.length === crashLoop.count) {
    const seconds = slowDelayMs / 1000;
    say(
      `${service.name} keeps ending (${reason}); trying again every ${seconds} s. ` +
        `The end of ${service.logFile}:\n${await logTail(service.logFile)}`,
    );
  }
  return slowDelayMs;
}

async function pause(delayMs: number, signal: AbortSignal): Promise<void> {
  await sleep(delayMs, undefined, { signal }).catch((error: unknown) => {
    if (!signal.aborted) throw error;
  });
}
