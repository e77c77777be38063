import type { confirmEmailContract } from './confirm-email.contract.ts';
import type { InputOf, OutputOf } from '../define.ts';
import { call } from '../shared/profiles.ts';
import { tell } from '../shared/progress.ts';

type Contract = typeof confirmEmailContract;

/** Sends one more confirmation link. */
export async function confirmEmail({ tenantId, userId }: InputOf<Contract>): Promise<OutputOf<Contract>> {
  const story = tell<Contract>(['send']);
  await story.step('send', () => call.sendMail({ tenantId, userId, template: 'verify-email', data: {} }));
  story.end('done');
  return { sent: true };
}
