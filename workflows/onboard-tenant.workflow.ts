import {
  allHandlersFinished,
  type ApplicationFailure,
  CancellationScope,
  condition,
  isCancellation,
} from '@temporalio/workflow';
import type { Actor } from '../db/domain/actor.ts';
import { abandonAfterMs, nextReminderAtMs } from '../db/domain/onboarding-clock.ts';
import {
  type Facts,
  factsFor,
  type OnboardingStep,
  onboardingSteps,
  skippableSteps,
  staleSteps,
  type SubmittableStep,
  submittableSteps,
} from '../db/domain/onboarding-steps.ts';
import type { InputOf, OutputOf } from './define.ts';
import type { onboardTenantContract, Submission } from './onboard-tenant.contract.ts';
import { describeFailure, fail, failureOf, isRefusal } from './shared/failures.ts';
import { handle } from './shared/handle.ts';
import { call, db, undo } from './shared/profiles.ts';
import { saga } from './shared/saga.ts';
import { tell } from './shared/story.ts';

type Contract = typeof onboardTenantContract;
type Input = InputOf<Contract>;
const dayMs = 86_400_000;
const owner = 'the owner';

/** From sign-up to live, or to a clean end: the account is made, filled in step by step, and brought to life. */
export async function onboardTenant(input: Input): Promise<OutputOf<Contract>> {
  const { tenantId, userId } = input;
  const story = tell<Contract>([...onboardingSteps, 'live']);
  const backwards = saga();
  const decided: Partial<Record<OnboardingStep, string>> = {};
  let facts: Facts = {};
  let timezone = input.timezone;
  let account: 'being made' | 'ready' | ApplicationFailure = 'being made';
  let busy = false;
  let reviewed = false;
  let lastActiveMs = Date.now();
  let remindersSent = 0;
  let closesAtMs = lastActiveMs + abandonAfterMs;
  let wakeUps = 0;

  const isFinished = (step: OnboardingStep) => ['done', 'skipped'].includes(story.of(step).state);
  const openStep = () => onboardingSteps.find((step) => !isFinished(step));

  function inviteNextStep(): void {
    const next = openStep();
    if (next && story.of(next).state === 'upcoming') story.set(next, 'waiting', { waitingFor: owner });
    announceNext();
  }

  function announceNext(): void {
    const reminderMs = nextReminderAtMs(lastActiveMs, remindersSent, timezone);
    const reminderFirst = reminderMs !== null && reminderMs < closesAtMs;
    story.announce(
      reminderFirst
        ? { what: 'A reminder goes out', atMs: reminderMs }
        : { what: 'The unfinished account is closed', atMs: closesAtMs },
    );
  }

  function assertOpen(step: SubmittableStep): void {
    if (reviewed || story.progress.state === 'stopped') fail('run.ended', 'The set-up is finished.');
    const before = onboardingSteps.slice(0, onboardingSteps.indexOf(step));
    if (!before.every(isFinished)) fail('step.not-open', 'Finish the steps before this one first.');
  }

  /** One submission at a time, also from two devices: the second waits for the first. */
  async function alone<T>(work: () => Promise<T>): Promise<T> {
    // Asked again after every wait: two that wait for the same moment are both woken by it.
    while (busy) await condition(() => !busy);
    busy = true;
    try {
      return await work();
    } finally {
      busy = false;
    }
  }

  /** Does what a step's choice asks for and notes the facts that later steps rest on. */
  async function apply(
    step: SubmittableStep,
    work: () => Promise<{ facts: Facts; invoiceId?: string }>,
  ): Promise<void> {
    if (step === 'plan') backwards.onUndo(() => undo.cancelSubscription({ tenantId }));
    const effect = await work();
    facts = { ...facts, ...effect.facts };
    decided[step] = factsFor(step, facts);
    story.set(step, 'done');
    if (effect.invoiceId) await call.sendInvoiceMail({ tenantId, userId, invoiceId: effect.invoiceId });
  }

  /** What a refused or broken step looks like: a refusal goes back to the owner, a breakdown to an administrator. */
  function giveBack(step: SubmittableStep, error: unknown): void {
    if (isRefusal(error)) story.set(step, 'waiting', { waitingFor: owner, error: describeFailure(error) });
    else story.set(step, 'needsAttention', { waitingFor: 'an administrator', error: describeFailure(error) });
  }

  /** Steps that rest on something that changed are done again with their stored choice, or opened again. */
  async function redoStaleSteps(): Promise<void> {
    for (const step of staleSteps(decided, facts)) {
      if (step === 'account' || step === 'review') continue;
      story.set(step, 'running');
      try {
        await apply(step, () => call.redoOnboardingStep({ tenantId, step }));
      } catch (error) {
        if (isCancellation(error)) throw error;
        delete decided[step];
        giveBack(step, error);
      }
    }
  }

  async function submit(submission: Submission, by: Actor, reason?: string): Promise<void> {
    const { step } = submission;
    assertOpen(step);
    const stateBefore = isFinished(step) ? ('done' as const) : ('waiting' as const);
    story.set(step, 'running');
    try {
      await apply(step, () => call.applyOnboardingStep({ tenantId, submission, by, reason }));
    } catch (error) {
      if (isCancellation(error)) throw error;
      // A choice that was refused changes nothing: a step that was done before stays done with its old choice.
      if (stateBefore === 'done' && isRefusal(error)) story.set(step, 'done');
      else giveBack(step, error);
      throw failureOf(error);
    }
    await redoStaleSteps();
    if (step === 'profile') ({ timezone } = await db.findTenantClock({ tenantId }));
    if (step === 'review') reviewed = true;
    lastActiveMs = Date.now();
    remindersSent = 0;
    closesAtMs = Math.max(closesAtMs, lastActiveMs + abandonAfterMs);
    wakeUps += 1;
    inviteNextStep();
  }

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
      validate: ({ submission }) => assertOpen(submission.step),
      async run({ submission, by, reason }) {
        await alone(() => submit(submission, by, reason));
        return { currentStep: story.progress.currentStep };
      },
    },
    extendDeadline: {
      summary: 'Gives the customer more days',
      validate() {
        if (reviewed || account !== 'ready') fail('run.ended', 'The set-up is finished.');
      },
      async run({ days, reason, by }) {
        closesAtMs = Math.max(closesAtMs, Date.now()) + days * dayMs;
        await db.recordOnboardingExtension({ tenantId, days, reason, by });
        wakeUps += 1;
        announceNext();
        return { closesAt: new Date(closesAtMs).toISOString() };
      },
    },
    remindNow: {
      summary: 'Sends a reminder at once',
      validate() {
        if (reviewed || account !== 'ready') fail('run.ended', 'The set-up is finished.');
      },
      async run() {
        await remind();
        wakeUps += 1;
        return null;
      },
    },
  });

  story.control((parked) => ({
    validate(order, step) {
      if (step === 'live') return parked.validate(order, step);
      const current = story.of(step as OnboardingStep);
      if (order === 'skipStep' && !(skippableSteps as readonly string[]).includes(step)) {
        fail('step.not-skippable', 'The customer needs this step to go live.');
      }
      if (order === 'skipStep' && ['waiting', 'needsAttention'].includes(current.state)) return;
      if (current.state !== 'needsAttention') fail('step.not-open', 'This step does not wait for help.');
    },
    run(order, step) {
      if (step === 'live') return parked.run(order, step);
      const key = step as SubmittableStep;
      if (order === 'skipStep') {
        story.set(key, 'skipped');
        wakeUps += 1;
        inviteNextStep();
      } else if (order === 'failStep') story.set(key, 'waiting', { waitingFor: owner });
      else void retryWithStoredChoice(key);
    },
  }));

  async function retryWithStoredChoice(step: SubmittableStep): Promise<void> {
    if (!submittableSteps.includes(step)) return;
    await alone(async () => {
      story.set(step, 'running');
      try {
        await apply(step, () => call.redoOnboardingStep({ tenantId, step }));
        await redoStaleSteps();
        inviteNextStep();
      } catch (error) {
        if (isCancellation(error)) throw error;
        giveBack(step, error);
      }
    });
  }

  async function remind(): Promise<void> {
    remindersSent += 1;
    const step = openStep() ?? 'review';
    await call.sendMail({
      tenantId,
      userId,
      template: 'onboarding-reminder',
      data: { step, number: remindersSent },
    });
    announceNext();
  }

  /** Waits for the owner, reminds, and in the end gives up; true when the owner finished. */
  async function waitForOwner(): Promise<boolean> {
    while (!reviewed) {
      const reminderMs = nextReminderAtMs(lastActiveMs, remindersSent, timezone);
      const wakeAtMs = Math.min(closesAtMs, reminderMs ?? closesAtMs);
      const seen = wakeUps;
      await condition(() => reviewed || wakeUps > seen, Math.max(1, wakeAtMs - Date.now()));
      if (reviewed || wakeUps > seen) continue;
      await condition(() => !busy);
      if (reviewed || wakeUps > seen) continue;
      if (Date.now() >= closesAtMs) return false;
      await remind();
    }
    return true;
  }

  async function closeUnfinished(outcome: 'abandoned' | 'cancelled'): Promise<OutputOf<Contract>> {
    story.end('stopped');
    await backwards.undo();
    await CancellationScope.nonCancellable(() => condition(allHandlersFinished));
    return { outcome };
  }

  story.set('account', 'running');
  backwards.onUndo(() => undo.abandonTenant({ tenantId }));
  try {
    await db.createTenant(input);
  } catch (error) {
    account = failureOf(error);
    story.set('account', 'failed', { error: describeFailure(error) });
    story.end('failed');
    await condition(allHandlersFinished);
    throw failureOf(account);
  }
  account = 'ready';
  story.set('account', 'done');
  inviteNextStep();

  try {
    await call.sendMail({ tenantId, userId, template: 'verify-email', data: {} });
    if (!(await waitForOwner())) {
      await call.sendMail({ tenantId, userId, template: 'onboarding-abandoned', data: {} });
      return await closeUnfinished('abandoned');
    }
    story.announce(null);
    await story.step('live', async () => {
      await db.activateTenant({ tenantId, userId });
      await call.sendMail({ tenantId, userId, template: 'welcome', data: {} });
    });
  } catch (error) {
    if (isCancellation(error)) return closeUnfinished('cancelled');
    throw error;
  }
  story.end('done');
  await condition(allHandlersFinished);
  return { outcome: 'live' };
}
