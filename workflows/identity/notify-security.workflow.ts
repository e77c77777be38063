import { sleep } from '@temporalio/workflow';
import type { InputOf, OutputOf } from '../define.ts';
import { mail } from '../shared/profiles.ts';
import { trackProgress } from '../shared/progress.ts';
import type { notifySecurityContract } from './notify-security.contract.ts';

type Contract = typeof notifySecurityContract;

/** The run begins before the change is made, so that no change goes untold; one that was not made is not told. */
const waits = ['1 second', '10 seconds', '2 minutes'] as const;

/** Tells a person of a change of their account. */
export async function notifySecurity(input: InputOf<Contract>): Promise<OutputOf<Contract>> {
  const progress = trackProgress<Contract>(['send']);
  const sent = await progress.step('send', async () => {
    for (const wait of waits) {
      await sleep(wait);
      if (await mail.sendSecurityNotice(input)) return true;
    }
    return false;
  });
  progress.finish('done');
  return { sent: sent ?? false };
}
