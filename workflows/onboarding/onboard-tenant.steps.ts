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
import { describeFailure, fail, failureOf, isRefusal } from '../shared/failures.ts';
import { call, undo } from '../shared/profiles.ts';
import type { Saga } from '../shared/saga.ts';
import type { AdminActionHandler, ProgressTracker } from '../shared/progress.ts';

const owner = 'the owner';
const helper = 'an administrator';

/** The steps the owner fills in: which one is open, what finishing one takes, and what must be done again. */
export interface StepController {
  /** The last step has been confirmed: everything is chosen. */
  isReviewed(): boolean;
  /** Something is being done right now. */
  isBusy(): boolean;
  openStep(): OnboardingStep | undefined;
  /** Throws when the step cannot be filled in now. */
  assertOpen(step: SubmittableStep): void;
  /** Marks the account as made and asks for the first step. */
  begin(): void;
  submit(submission: Submission, by: Actor, reason?: string): Promise<void>;
  /** What an administrator's orders do to these steps. */
  control(parked: AdminActionHandler): AdminActionHandler;
}

interface Surroundings {
  story: ProgressTracker<StepOf<typeof onboardTenantContract>>;
  backwards: Saga;
  tenantId: string;
  userId: string;
  /** Called when the set-up has moved: by the owner, or by an administrator. */
  onMoved: (by: 'owner' | 'administrator') => void;
}

type Effect = { facts: Facts; invoiceId?: string };

export function stepController({
  story,
  backwards,
  tenantId,
  userId,
  onMoved,
}: Surroundings): StepController {
  /** What was asked for when something broke down: an administrator's retry asks for the same. */
  const broken = new Map<SubmittableStep, { submission: Submission; by: Actor; reason?: string }>();
  const decided: Partial<Record<OnboardingStep, string>> = {};
  let facts: Facts = {};
  let busy = false;
  let reviewed = false;

  const isFinished = (step: OnboardingStep) => ['done', 'skipped'].includes(story.stepOf(step).state);
  const openStep = () => onboardingSteps.find((step) => !isFinished(step));

  function inviteNextStep(by: 'owner' | 'administrator'): void {
    const next = openStep();
    if (next && story.stepOf(next).state === 'upcoming') story.set(next, 'waiting', { waitingFor: owner });
    onMoved(by);
  }

  function assertOpen(step: SubmittableStep): void {
    if (reviewed || story.progress.state === 'stopped') fail('run.ended', 'The set-up is finished.');
    const before = onboardingSteps.slice(0, onboardingSteps.indexOf(step));
    if (!before.every(isFinished)) fail('step.not-open', 'Finish the steps before this one first.');
  }

  /** One at a time, also from two devices: the second waits for the first. */
  async function alone(work: () => Promise<void>): Promise<void> {
    // Asked again after every wait: two that wait for the same moment are both woken by it.
    while (busy) await condition(() => !busy);
    busy = true;
    try {
      await work();
    } finally {
      busy = false;
    }
  }

  /** Does what a step's choice asks for and notes the facts that later steps rest on. */
  async function apply(step: SubmittableStep, work: () => Promise<Effect>): Promise<void> {
    if (step === 'plan') backwards.addCompensation(() => undo.cancelSubscription({ tenantId }));
    const { facts: found, invoiceId } = await work();
    facts = { ...facts, ...found };
    decided[step] = factsFor(step, facts);
    story.set(step, 'done');
    if (invoiceId) await call.sendInvoiceMail({ tenantId, userId, invoiceId });
  }

  /** A refusal goes back to the owner, a breakdown to an administrator. */
  function giveBack(step: SubmittableStep, error: unknown): void {
    const waitingFor = isRefusal(error) ? owner : helper;
    const state = isRefusal(error) ? 'waiting' : 'needsAttention';
    story.set(step, state, { waitingFor, error: describeFailure(error) });
  }

  /** Does a step again with the choice that is stored; opens it again when that is not possible any more. */
  async function redo(step: SubmittableStep): Promise<void> {
    story.set(step, 'running');
    try {
      await apply(step, () => call.redoOnboardingStep({ tenantId, step }));
    } catch (error) {
      if (isCancellation(error)) throw error;
      delete decided[step];
      giveBack(step, error);
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
    story.set(step, 'running');
    try {
      await apply(step, () => call.applyOnboardingStep({ tenantId, submission, by, reason }));
    } catch (error) {
      if (isCancellation(error)) throw error;
      // A change that is refused changes nothing: a step that was finished stays so, with its old choice.
      if (wasFinished && isRefusal(error)) story.set(step, 'done');
      else giveBack(step, error);
      if (!isRefusal(error)) broken.set(step, { submission, by, reason });
      throw failureOf(error);
    }
    broken.delete(step);
    await redoStaleSteps();
    reviewed = step === 'review';
    inviteNextStep('owner');
  }

  async function retry(step: SubmittableStep): Promise<void> {
    const asked = broken.get(step);
    if (!asked) {
      await redo(step);
      await redoStaleSteps();
      return inviteNextStep('administrator');
    }
    try {
      await doSubmit(asked.submission, asked.by, asked.reason);
    } catch (error) {
      // Nobody waits for this answer: the step itself says what is wrong.
      if (isCancellation(error)) throw error;
    }
  }

  return {
    isReviewed: () => reviewed,
    isBusy: () => busy,
    openStep,
    assertOpen,
    begin() {
      story.set('account', 'done');
      inviteNextStep('owner');
    },
    submit: (submission, by, reason) => alone(() => doSubmit(submission, by, reason)),
    control: (parked) => ({
      validate(order, step) {
        if (step === 'live') return parked.validate(order, step);
        const { state } = story.stepOf(step as OnboardingStep);
        if (order === 'skipStep' && !(skippableSteps as readonly string[]).includes(step)) {
          fail('step.not-skippable', 'The customer needs this step to go live.');
        }
        const skippable = order === 'skipStep' && state === 'waiting';
        if (!skippable && state !== 'needsAttention')
          fail('step.not-open', 'This step does not wait for help.');
      },
      run(order, step) {
        if (step === 'live') return parked.run(order, step);
        if (order === 'retryStep') return void alone(() => retry(step as SubmittableStep));
        if (order === 'skipStep') story.set(step as OnboardingStep, 'skipped');
        else story.set(step as OnboardingStep, 'waiting', { waitingFor: owner });
        inviteNextStep('administrator');
      },
    }),
  };
}
