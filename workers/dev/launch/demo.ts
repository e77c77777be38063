import { access } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import { logTail } from '../kit/child.ts';
import { writeFileAtomic } from '../kit/files.ts';
import { startStandIns } from '../demo/stand-ins/start.ts';
import { node, runToEnd } from './apps.ts';
import { freshLog, type Launch } from './context.ts';

const message = z.union([
  z.object({ ready: z.literal(true) }),
  z.object({ part: z.string(), done: z.number(), of: z.number() }),
]);

/** Vendors of the demo's connections, played on this machine; none where there is no demo. */
export async function startDemoVendors({
  config,
  ports,
  life,
  say,
}: Launch): Promise<Record<string, string>> {
  if (!config.demo) return {};
  const { baseUrls, stop } = await startStandIns(ports, config.tools.baseUrls, say);
  life.onStop('stand-ins', stop);
  return baseUrls;
}

/**
 * Fills a new data directory with something to look at, in the background. Settles as soon as the demo's own sign-ins
 * work; what is interrupted is completed by the next start.
 */
export async function plantDemo(launch: Launch, env: NodeJS.ProcessEnv): Promise<void> {
  const { config, life, say } = launch;
  const mark = join(config.dataDir, 'demo-data.done');
  if (!config.demo || (await exists(mark))) return;
  const logFile = await freshLog(config.dataDir, 'demo');
  const progress = shownProgress(say);
  await new Promise<void>((signInsWork) => {
    const onMessage = (sent: unknown) => {
      const parsed = message.parse(sent);
      if ('ready' in parsed) signInsWork();
      else progress(parsed);
    };
    const running = runToEnd(life, {
      ...node('workers/dev/demo/main.ts'),
      logFile,
      env,
      ipc: true,
      onMessage,
    });
    running
      .then(async (reason) => {
        if (reason === 'exit code 0') {
          await writeFileAtomic(mark, new Date().toISOString());
          say('Demo data        complete');
        } else {
          say(
            `The demo data is incomplete (${reason}); the next start tries again:\n${await logTail(logFile)}`,
          );
        }
      })
      // The platform is being stopped: the next start continues.
      .catch(() => undefined)
      .finally(signInsWork);
  });
}

/** One line per part and per half of it, so that the terminal stays readable. */
function shownProgress(say: (line: string) => void) {
  const shown = new Set<string>();
  return ({ part, done, of }: { part: string; done: number; of: number }) => {
    const half = done === of ? 'all' : done * 2 >= of ? 'half' : 'first';
    if (shown.has(`${part} ${half}`)) return;
    shown.add(`${part} ${half}`);
    say(`Demo data        ${part}: ${done} of ${of}`);
  };
}

function exists(path: string): Promise<boolean> {
  return access(path).then(
    () => true,
    () => false,
  );
}
