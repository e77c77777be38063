import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { LauncherConfig } from '../../runtime/config.ts';
import { takeLock } from '../kit/lock.ts';
import { reclaim } from '../kit/pid-file.ts';
import { isFree } from '../kit/ports.ts';
import type { Say } from '../kit/say.ts';
import { PlainError } from '../kit/say.ts';
import { pidFile } from './context.ts';
import type { Lifetime } from './lifetime.ts';
import { runtimeFile } from './runtime-file.ts';

/**
 * Makes the data directory and the portal's port ours: refuses with one sentence when a living launcher has them,
 * and clears away the processes of one that was killed.
 */
export async function claim(config: LauncherConfig, life: Lifetime, say: Say): Promise<void> {
  // Mails, histories and logs hold personal data and sign-in links: none of another user's business.
  for (const name of ['run', 'logs', 'mailbox', 'payment-sandbox', 'temporal']) {
    await mkdir(join(config.dataDir, name), { recursive: true, mode: 0o700 });
  }
  const lock = await takeLock(join(config.dataDir, 'launcher.pid'));
  if ('heldBy' in lock) {
    throw new PlainError(
      `BizOSaaS already runs on ${config.dataDir} (process ${lock.heldBy}); stop it, or give this copy its own: PORT=${config.port + 1} DATA_DIR=.data-2 npm start`,
    );
  }
  life.onStop('lock', lock.release);
  if (lock.tookOver !== null) say('The last start did not end properly; its data directory is taken over.');
  await runtimeFile(config.dataDir).remove();
  for (const name of ['api', 'worker']) await reclaim(pidFile(config.dataDir, name));
  if (!(await isFree(config.port, config.host))) {
    throw new PlainError(
      `Port ${config.port} is taken; choose another one: PORT=${config.port + 1} npm start`,
    );
  }
}
