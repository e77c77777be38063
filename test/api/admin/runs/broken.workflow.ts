import { condition, proxyActivities, sleep, startChild } from '@temporalio/workflow';

/** Processes under their real names with other code: each is stuck in a way of its own. */
const { sendMail } = proxyActivities<{ sendMail(nothing: null): Promise<void> }>({
  startToCloseTimeout: '10 seconds',
  retry: { initialInterval: '2 minutes' },
});

/** Its activity is given nothing, fails and is tried again. */
export async function confirmEmail(): Promise<void> {
  await sendMail(null);
}

/** Waits for a run that is stuck. */
export async function resetPassword({ resetId }: { resetId: string }): Promise<void> {
  const child = await startChild('confirmEmail', { workflowId: `t:platform:confirm-email:${resetId}` });
  await child.result();
}

/** Does not do what the deployed one had done. */
export async function onboardTenant(): Promise<void> {
  await sleep('1 hour');
  await condition(() => false);
}
