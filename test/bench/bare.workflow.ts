import {
  allHandlersFinished,
  condition,
  defineUpdate,
  proxyActivities,
  setHandler,
} from '@temporalio/workflow';
import type { Activities } from '../../activities/index.ts';

const activities = proxyActivities<Activities>({ startToCloseTimeout: '60 seconds' });
type Step = Parameters<Activities['applyOnboardingStep']>[0];

/** The same activities and updates as the onboarding, with nothing of the platform around them. */
export async function bareOnboarding(input: Parameters<Activities['createTenant']>[0]): Promise<void> {
  const { tenantId, userId } = input;
  let created = false;
  let live = false;
  setHandler(defineUpdate('accountReady'), async () => {
    await condition(() => created);
    return { tenantId, userId };
  });
  setHandler(defineUpdate<null, [Step]>('submitStep'), async (step) => {
    const { invoiceId } = await activities.applyOnboardingStep(step);
    if (invoiceId) await activities.sendInvoiceMail({ tenantId, userId, invoiceId });
    live = step.submission.step === 'review';
    return null;
  });
  await activities.createTenant(input);
  created = true;
  await activities.sendMail({ tenantId, userId, template: 'verify-email', data: {} });
  await condition(() => live);
  await activities.activateTenant({ tenantId, userId });
  await activities.sendMail({ tenantId, userId, template: 'welcome', data: {} });
}

/** The beginning of an invitation: its first activity, and the update that waits for it. */
export async function bareInvite(input: Parameters<Activities['createInvitation']>[0]): Promise<void> {
  let made = false;
  setHandler(defineUpdate('invitationReady'), () => condition(() => made));
  await activities.createInvitation(input);
  made = true;
  await condition(allHandlersFinished);
}
