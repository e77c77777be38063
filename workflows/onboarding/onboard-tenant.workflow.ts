import { condition, isCancellation, patched } from '@temporalio/workflow';
import { onboardingSteps } from '../../db/domain/onboarding/steps.ts';
import type { InputOf, OutputOf } from '../define.ts';
import type { onboardTenantContract } from './onboard-tenant.contract.ts';
import { reminderSchedule } from './onboard-tenant.reminders.ts';
import { stepController } from './onboard-tenant.steps.ts';
import { earlyAnswer, finish, handlersFinished } from '../shared/early-answer.ts';
import { describeFailure, fail, failureOf } from '../shared/failures.ts';
import { handle } from '../shared/handle.ts';
import { db, mail, undo } from '../shared/profiles.ts';
import { saga } from '../shared/saga.ts';
import { trackProgress } from '../shared/progress.ts';

type Contract = typeof onboardTenantContract;
type Output = OutputOf<Contract>;

/** From sign-up to live, or to a clean end: creates the account, takes the owner's steps and activates the tenant. */
export async function onboardTenant(input: InputOf<Contract>): Promise<Output> {
  const { tenantId, userId } = input;
  const progress = trackProgress<Contract>([...onboardingSteps, 'live']);
  const compensations = saga();
  const reminders = reminderSchedule(input.timezone);
  const account = earlyAnswer<{ tenantId: string; userId: string }>();
  let { timezone } = input;
  const steps = stepController({
    progress,
    compensations,
    tenantId,
    userId,
    onMoved(by) {
      if (by === 'owner') reminders.renew(timezone);
      else reminders.wake();
      progress.setNext(reminders.next());
    },
  });

  const assertUnfinished = () => {
    if (!account.isResolved() || steps.isReviewed()) fail('run.ended', 'Setup is already finished.');
  };
  handle<Contract>({
    accountReady: account.handler('Answers when the account exists'),
    submitStep: {
      summary: 'Takes the choice of one step',
      validate: ({ submission }) => steps.assertOpen(submission.step),
      async run({ submission, by, reason }) {
        if (submission.step === 'profile') ({ timezone } = submission.choice);
        await steps.submit(submission, by, reason);
        return { currentStep: progress.snapshot.currentStep };
      },
    },
    extendDeadline: {
      summary: 'Gives the owner more days',
      validate: assertUnfinished,
      async run({ days, reason, by }) {
        const closesAtMs = reminders.extend(days);
        progress.setNext(reminders.next());
        await db.recordOnboardingExtension({ tenantId, days, reason, by });
        return { closesAt: new Date(closesAtMs).toISOString() };
      },
    },
    remindNow: {
      summary: 'Sends a reminder immediately',
      validate: assertUnfinished,
      async run({ reason, by }) {
        const step = steps.openStep() ?? 'review';
        await db.recordOnboardingReminder({ tenantId, step, reason, by });
        await remind();
        reminders.wake();
        return null;
      },
    },
  });
  progress.overrideAdminActions((parked) => steps.adminActions(parked));

  async function remind(): Promise<void> {
    const number = reminders.reminded();
    const next = reminders.next();
    const closesAt = new Date(next.closesAtMs).toISOString();
    const data = { step: steps.openStep() ?? 'review', number, closesAt };
    progress.setNext(next);
    await mail.sendMail({ tenantId, userId, template: 'onboarding-reminder', data });
  }

  /** True when the owner has finished, false when it took too long. */
  async function waitForOwner(): Promise<boolean> {
    while (!steps.isReviewed()) {
      const moment = await reminders.wait();
      // An owner whose choice is being applied is neither reminded nor given up: check again afterwards.
      if (steps.isBusy()) await condition(() => !steps.isBusy());
      else if (moment === 'give up') return false;
      else if (moment === 'remind') await remind();
    }
    return true;
  }

  async function closeUnfinished(outcome: 'abandoned' | 'cancelled'): Promise<Output> {
    progress.finish('stopped');
    await compensations.compensate();
    await handlersFinished();
    return { outcome };
  }

  progress.set('account', 'running');
  compensations.addCompensation(() => undo.abandonTenant({ tenantId }));
  try {
    await db.createTenant(input);
  } catch (error) {
    account.reject(error);
    progress.set('account', 'failed', { error: describeFailure(error) });
    // The form tells no one: only the person of the address learns of it.
    if (describeFailure(error).code === 'user.email-taken' && patched('tell-known-address'))
      await mail.sendAccountExists({ email: input.email });
    await finish(progress, 'failed');
    throw failureOf(error);
  }
  account.resolve({ tenantId, userId });
  steps.begin();

  try {
    await mail.sendMail({ tenantId, userId, template: 'verify-email', data: {} });
    if (!(await waitForOwner())) {
      await mail.sendMail({ tenantId, userId, template: 'onboarding-abandoned', data: {} });
      return await closeUnfinished('abandoned');
    }
    progress.setNext(null);
    await progress.step('live', async () => {
      await db.activateTenant({ tenantId, userId });
      await mail.sendMail({ tenantId, userId, template: 'welcome', data: {} });
    });
  } catch (error) {
    if (isCancellation(error)) return closeUnfinished('cancelled');
    throw error;
  }
  await finish(progress, 'done');
  return { outcome: 'live' };
}
