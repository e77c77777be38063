import { ConfigError, loadLauncherConfig } from '../runtime/config.ts';
import { exitWithParent, onShutdown } from '../runtime/shutdown.ts';
import { explain, PlainError } from './kit/say.ts';
import type { Say } from './kit/say.ts';
import { createLifetime, stopRequested } from './launch/lifetime.ts';
import { launch } from './launch/launch.ts';

// `npm start`: everything on one machine, in one command, until Ctrl-C.

const say: Say = (line) => console.log(line);
// A closed terminal must not turn a progress line into a crash that leaves servers behind.
for (const stream of [process.stdout, process.stderr]) stream.on('error', () => undefined);

const life = createLifetime();
const log = { info: () => undefined, error: (...words: unknown[]) => say(words.map(String).join(' ')) };
const stop = onShutdown(
  log,
  [
    {
      name: 'start-up',
      run: async () => {
        say('\nStopping …');
        life.abort(stopRequested);
        await started;
      },
    },
    {
      name: 'services',
      run: async () => {
        if (await life.stop(say)) say('Stopped.');
      },
    },
  ],
  { forceMs: 75_000 },
);
process.on('SIGHUP', () => stop('SIGHUP'));
exitWithParent(stop);

const started = main();
await started;

async function main(): Promise<void> {
  try {
    const config = loadLauncherConfig();
    await launch(config, life, say);
  } catch (error) {
    if (error === stopRequested) return;
    const plain = error instanceof PlainError || error instanceof ConfigError;
    say(plain ? error.message : `BizOSaaS could not start: ${explain(error)}`);
    await life.stop(say);
    process.exit(1);
  }
}
