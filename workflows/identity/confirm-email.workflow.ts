import type { confirmEmailContract } from './confirm-email.contract.ts';
import type { InputOf, OutputOf } from '../define.ts';
import { mail } from '../shared/profiles.ts';
import { trackProgress } from '../shared/progress.ts';

type Contract = typeof confirmEmailContract;

/** Sends one more confirmation link. */
export async function confirmEmail({ tenantId, userId }: InputOf<Contract>): Promise<OutputOf<Contract>> {
  const progress = trackProgress<Contract>(['send']);
  await progress.step('send', () => mail.sendMail({ tenantId, userId, template: 'verify-email', data: {} }));
  progress.finish('done');
  return { sent: true };
}
