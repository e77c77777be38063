import type { InputOf, OutputOf } from '../define.ts';
import { mail } from '../shared/profiles.ts';
import { trackProgress } from '../shared/progress.ts';
import type { resetPasswordContract } from './reset-password.contract.ts';

type Contract = typeof resetPasswordContract;

/** Sends the link for a new password. */
export async function resetPassword({ resetId }: InputOf<Contract>): Promise<OutputOf<Contract>> {
  const progress = trackProgress<Contract>(['send']);
  await progress.step('send', () => mail.sendPasswordReset({ resetId }));
  progress.finish('done');
  return { done: true };
}
