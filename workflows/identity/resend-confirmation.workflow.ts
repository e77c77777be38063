import type { InputOf, OutputOf } from '../define.ts';
import { mail } from '../shared/profiles.ts';
import { trackProgress } from '../shared/progress.ts';
import type { resendConfirmationContract } from './resend-confirmation.contract.ts';

type Contract = typeof resendConfirmationContract;

/** Sends one more confirmation link to an address that waits for one. */
export async function resendConfirmation({ email }: InputOf<Contract>): Promise<OutputOf<Contract>> {
  const progress = trackProgress<Contract>(['send']);
  await progress.step('send', () => mail.resendConfirmation({ email }));
  progress.finish('done');
  return { done: true };
}
