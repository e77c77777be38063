import { condition, isCancellation } from '@temporalio/workflow';
import type { Actor } from '../../db/domain/actor.ts';
import {
  type Facts,
  factsFor,
  type OnboardingStep,
  onboardingSteps,
  skippableSteps,
  staleSteps,
  type SubmittableStep,
} from '../../db/domain/onboarding/steps.ts';
import type { StepOf } from '../define.ts';
import type { onboardTenantContract, Submission } from './onboard-tenant.contract.ts';
import { describeFailure, fail, failureOf, isRefusal, notParked } from '../shared/failures.ts';
import { call, mail, undo } from '../shared/profiles.ts';
import type { Saga } from '../shared/saga.ts';
import type { AdminActionHandler, ProgressTracker } from '../shared/progress.ts';

/** The steps the owner fills in: which one is open, what finishing one takes, and what must be done again. */
export interface StepController {
  /** The last step has been confirmed: everything is chosen. */
  isReviewed(): boolean;
  /** A choice is being applied right now. */
  isBusy(): boolean;
  openStep(): OnboardingStep | undefined;
  /** Throws when the step cannot be filled in now. */
  assertOpen(step: SubmittableStep): void;
  /** Marks the account as created and opens the first step. */
  begin(): void;
  submit(submission: Submission, by: Actor, reason?: string): Promise<void>;
  /** What an administrator's actions do to these steps. */
  adminActions(parked: AdminActionHandler): AdminActionHandler;
}

interface ControllerContext {
  progress: ProgressTracker<StepOf<typeof onboardTenantContract>>;
  compensations: Saga;
  tenantId: string;
  userId: string;
  /** Called when a step has moved: by the owner, or by an administrator. */
  onMoved: (by: 'owner' | 'administrator') => void;
}

type Effect = { facts: Facts; invoiceId?: string };

export function stepController({
  progress,
  compensations,
  tenantId,
  userId,
  onMoved,
}: ControllerContext): StepController {
  /** Submissions that failed for a technical reason: an administrator's retry submits the same again. */
  const broken = new Map<SubmittableStep, { submission: Submission; by: Actor; reason?: string }>();
  const decided: Partial<Record<OnboardingStep, string>> = {};
  let facts: Facts = {};
  let busy = false;
  let reviewed = false;

  const isFinished = (step: OnboardingStep) => ['done', 'skipped'].includes(progress.stepOf(step).state);
  const openStep = () => onboardingSteps.find((step) => !isFinished(step));

  function openNextStep(by: 'owner' | 'administrator'): void {
    const next = openStep();
    if (next && progress.stepOf(next).state === 'upcoming')
      progress.set(next, 'waiting', { waitingFor: 'owner' });
    onMoved(by);
  }

  function assertOpen(step: SubmittableStep): void {
    if (reviewed || progress.snapshot.state === 'stopped') fail('run.ended', 'Setup is already finished.');
    const before = onboardingSteps.slice(0, onboardingSteps.indexOf(step));
    if (!before.every(isFinished)) fail('step.not-open');
  }

  /** One at a time, also from two devices: the second waits for the first. */
  async function exclusive(work: () => Promise<void>): Promise<void> {
    // Checked again after every wait: two that wait for the same moment are both woken by it.
    while (busy) await condition(() => !busy);
    busy = true;
    try {
      await work();
    } finally {
      busy = false;
    }
  }

  /** Applies the choice of a step and keeps the facts that later steps depend on. */
  async function apply(step: SubmittableStep, work: () => Promise<Effect>): Promise<void> {
    if (step === 'plan') compensations.addCompensation(() => undo.cancelSubscription({ tenantId }));
    const { facts: found, invoiceId } = await work();
    facts = { ...facts, ...found };
    decided[step] = factsFor(step, facts);
    progress.set(step, 'done');
    if (invoiceId) await mail.sendInvoiceMail({ tenantId, userId, invoiceId });
  }

  /** A refusal goes back to the owner, a technical failure to an administrator. */
  function handBack(step: SubmittableStep, error: unknown): void {
    const waitingFor = isRefusal(error) ? 'owner' : 'administrator';
    const state = isRefusal(error) ? 'waiting' : 'needsAttention';
    progress.set(step, state, { waitingFor, error: describeFailure(error) });
  }

  /** Applies the stored choice of a step again; reopens the step when that is no longer possible. */
  async function redo(step: SubmittableStep): Promise<void> {
    progress.set(step, 'running');
    try {
      await apply(step, () => call.redoOnboardingStep({ tenantId, step }));
    } catch (error) {
      if (isCancellation(error)) throw error;
      delete decided[step];
      handBack(step, error);
    }
  }

  async function redoStaleSteps(): Promise<void> {
    for (const step of staleSteps(decided, facts)) {
      if (step !== 'account' && step !== 'review') await redo(step);
    }
  }

  async function doSubmit(submission: Submission, by: Actor, reason?: string): Promise<void> {
    const { step } = submission;
    assertOpen(step);
    const wasFinished = isFinished(step);
    progress.set(step, 'running');
    try {
      await apply(step, () => call.applyOnboardingStep({ tenantId, submission, by, reason }));
    } catch (error) {
      if (isCancellation(error)) throw error;
      // A change that is refused changes nothing: a step that was finished stays so, with its old choice.
      if (wasFinished && isRefusal(error)) progress.set(step, 'done');
      else handBack(step, error);
      if (!isRefusal(error)) broken.set(step, { submission, by, reason });
      throw failureOf(error);
    }
    broken.delete(step);
    await redoStaleSteps();
    reviewed = step === 'review';
    openNextStep('owner');
  }

  async function retry(step: SubmittableStep): Promise<void> {
    const failed = broken.get(step);
    if (!failed) {
      await redo(step);
      await redoStaleSteps();
      return openNextStep('administrator');
    }
    try {
      await doSubmit(failed.submission, failed.by, failed.reason);
    } catch (error) {
      // No caller waits for this answer: the step itself shows the error.
      if (isCancellation(error)) throw error;
    }
  }

  return {
    isReviewed: () => reviewed,
    isBusy: () => busy,
    openStep,
    assertOpen,
    begin() {
      progress.set('account', 'done');
      openNextStep('owner');
    },
    submit: (submission, by, reason) => exclusive(() => doSubmit(submission, by, reason)),
    adminActions: (parked) => ({
      validate(action, step) {
        if (step === 'live') return parked.validate(action, step);
        const { state } = progress.stepOf(step as OnboardingStep);
        if (action === 'skipStep' && !(skippableSteps as readonly string[]).includes(step)) {
          fail('step.not-skippable');
        }
        const skippable = action === 'skipStep' && state === 'waiting';
        if (!skippable && state !== 'needsAttention') fail('step.not-open', notParked);
      },
      run(action, step) {
        if (step === 'live') return parked.run(action, step);
        if (action === 'retryStep') return void exclusive(() => retry(step as SubmittableStep));
        if (action === 'skipStep') progress.set(step as OnboardingStep, 'skipped');
        else progress.set(step as OnboardingStep, 'waiting', { waitingFor: 'owner' });
        openNextStep('administrator');
      },
    }),
  };
}
