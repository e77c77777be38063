import type { confirmEmailContract } from './confirm-email.contract.ts';
import type { InputOf, OutputOf } from '../define.ts';
import { call } from '../shared/profiles.ts';
import { trackProgress } from '../shared/progress.ts';

type Contract = typeof confirmEmailContract;

/** Sends one more confirmation link. */
export async function confirmEmail({ tenantId, userId }: InputOf<Contract>): Promise<OutputOf<Contract>> {
  const story = trackProgress<Contract>(['send']);
  await story.step('send', () => call.sendMail({ tenantId, userId, template: 'verify-email', data: {} }));
  story.finish('done');
  return { sent: true };
}
