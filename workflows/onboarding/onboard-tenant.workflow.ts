import {
  allHandlersFinished,
  type ApplicationFailure,
  CancellationScope,
  condition,
  isCancellation,
  patched,
} from '@temporalio/workflow';
import { onboardingSteps } from '../../db/domain/onboarding/steps.ts';
import type { InputOf, OutputOf } from '../define.ts';
import type { onboardTenantContract } from './onboard-tenant.contract.ts';
import { reminderSchedule } from './onboard-tenant.reminders.ts';
import { stepController } from './onboard-tenant.steps.ts';
import { describeFailure, fail, failureOf } from '../shared/failures.ts';
import { handle } from '../shared/handle.ts';
import { call, db, undo } from '../shared/profiles.ts';
import { saga } from '../shared/saga.ts';
import { trackProgress } from '../shared/progress.ts';

type Contract = typeof onboardTenantContract;
type Output = OutputOf<Contract>;

/** From sign-up to live, or to a clean end: the account is made, filled in step by step, and brought to life. */
export async function onboardTenant(input: InputOf<Contract>): Promise<Output> {
  const { tenantId, userId } = input;
  const story = trackProgress<Contract>([...onboardingSteps, 'live']);
  const backwards = saga();
  const waiting = reminderSchedule(input.timezone);
  let timezone = input.timezone;
  let account: 'being made' | 'ready' | ApplicationFailure = 'being made';
  const wizard = stepController({
    story,
    backwards,
    tenantId,
    userId,
    onMoved(by) {
      if (by === 'owner') waiting.renew(timezone);
      else waiting.wake();
      story.setNext(waiting.next());
    },
  });

  const assertUnfinished = () => {
    if (account !== 'ready' || wizard.isReviewed()) fail('run.ended', 'The set-up is finished.');
  };
  handle<Contract>({
    accountReady: {
      summary: 'Answers when the account exists',
      async run() {
        await condition(() => account !== 'being made');
        if (account !== 'ready') throw failureOf(account);
        return { tenantId, userId };
      },
    },
    submitStep: {
      summary: 'Takes the choice of one step',
      validate: ({ submission }) => wizard.assertOpen(submission.step),
      async run({ submission, by, reason }) {
        if (submission.step === 'profile') ({ timezone } = submission.choice);
        await wizard.submit(submission, by, reason);
        return { currentStep: story.progress.currentStep };
      },
    },
    extendDeadline: {
      summary: 'Gives the customer more days',
      validate: assertUnfinished,
      async run({ days, reason, by }) {
        const closesAtMs = waiting.extend(days);
        story.setNext(waiting.next());
        await db.recordOnboardingExtension({ tenantId, days, reason, by });
        return { closesAt: new Date(closesAtMs).toISOString() };
      },
    },
    remindNow: {
      summary: 'Sends a reminder at once',
      validate: assertUnfinished,
      async run({ reason, by }) {
        const step = wizard.openStep() ?? 'review';
        // Set-ups that were begun before reminders were written down replay without it.
        if (patched('reminders-are-recorded')) {
          await db.recordOnboardingReminder({ tenantId, step, reason, by });
        }
        await remind();
        waiting.wake();
        return null;
      },
    },
  });
  story.overrideAdminActions((parked) => wizard.control(parked));

  async function remind(): Promise<void> {
    const data = { step: wizard.openStep() ?? 'review', number: waiting.reminded() };
    story.setNext(waiting.next());
    await call.sendMail({ tenantId, userId, template: 'onboarding-reminder', data });
  }

  /** True when the owner has finished, false when it took too long. */
  async function waitForOwner(): Promise<boolean> {
    while (!wizard.isReviewed()) {
      const moment = await waiting.wait();
      // Who is just doing something is neither reminded nor given up: look again when it is done.
      if (wizard.isBusy()) await condition(() => !wizard.isBusy());
      else if (moment === 'give up') return false;
      else if (moment === 'remind') await remind();
    }
    return true;
  }

  async function closeUnfinished(outcome: 'abandoned' | 'cancelled'): Promise<Output> {
    story.finish('stopped');
    await backwards.compensate();
    await CancellationScope.nonCancellable(() => condition(allHandlersFinished));
    return { outcome };
  }

  story.set('account', 'running');
  backwards.addCompensation(() => undo.abandonTenant({ tenantId }));
  try {
    await db.createTenant(input);
  } catch (error) {
    account = failureOf(error);
    story.set('account', 'failed', { error: describeFailure(error) });
    story.finish('failed');
    await condition(allHandlersFinished);
    throw failureOf(error);
  }
  account = 'ready';
  wizard.begin();

  try {
    await call.sendMail({ tenantId, userId, template: 'verify-email', data: {} });
    if (!(await waitForOwner())) {
      await call.sendMail({ tenantId, userId, template: 'onboarding-abandoned', data: {} });
      return await closeUnfinished('abandoned');
    }
    story.setNext(null);
    await story.step('live', async () => {
      await db.activateTenant({ tenantId, userId });
      await call.sendMail({ tenantId, userId, template: 'welcome', data: {} });
    });
  } catch (error) {
    if (isCancellation(error)) return closeUnfinished('cancelled');
    throw error;
  }
  story.finish('done');
  await condition(allHandlersFinished);
  return { outcome: 'live' };
}
