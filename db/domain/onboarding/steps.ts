/** Name of the process that takes a tenant from sign-up to live. */
export const onboardingProcess = 'onboard-tenant';

/**
 * The steps of the onboarding and what each depends on. Free of zod so that workflows can use it.
 *
 * A step depends on facts of earlier steps, not on the steps as a whole: when an earlier step is changed,
 * only steps one of whose facts changed are opened again.
 */
export const onboardingSteps = [
  'account',
  'profile',
  'plan',
  'tools',
  'website',
  'analytics',
  'agents',
  'review',
] as const;
export type OnboardingStep = (typeof onboardingSteps)[number];
/** What people call the steps; `live` is the platform's own last step. */
export const onboardingTitles = {
  account: 'Account',
  profile: 'Business',
  plan: 'Plan and payment',
  tools: 'Tools',
  website: 'Website',
  analytics: 'Analytics',
  agents: 'Agents',
  review: 'Review',
  live: 'Going live',
} as const satisfies Record<OnboardingStep | 'live', string>;

/** What the owner has left to do at a step, after "Waiting for the owner to". */
export const onboardingPending = {
  account: 'open the account',
  profile: 'complete the business profile',
  plan: 'choose a plan and enter a card',
  tools: 'choose tools',
  website: 'choose a website',
  analytics: 'choose which analytics to connect',
  agents: 'choose agents',
  review: 'review the choices and go live',
} as const satisfies Record<OnboardingStep, string>;

/** Steps that change what is billed and to whom: never taken in a view as another person. */
const billedSteps: readonly string[] = ['profile', 'plan', 'review'];

/** Whether a step is closed to administrators who view the portal as a person. */
export const guardOf = (step: string): { whileViewing?: 'never' } =>
  billedSteps.includes(step) ? { whileViewing: 'never' } : {};

/** Every step of an onboarding, in order. */
export const allStepKeys = Object.keys(onboardingTitles) as (keyof typeof onboardingTitles)[];

/** Steps a person fills in; `account` is completed by the sign-up. */
export type SubmittableStep = Exclude<OnboardingStep, 'account'>;
export const submittableSteps = onboardingSteps.filter((step): step is SubmittableStep => step !== 'account');

/** Steps an administrator may skip on behalf of the customer; the others are required to go live. */
export const skippableSteps: readonly OnboardingStep[] = ['tools', 'website', 'analytics', 'agents'];

/** Facts an earlier choice provides to later steps: fact name to a comparable value. */
export type Facts = Readonly<Record<string, string>>;

/** Which facts a step was decided on. Review reads every choice, so any change reopens it. */
const dependsOn: Record<OnboardingStep, readonly string[]> = {
  account: [],
  profile: [],
  plan: ['country'],
  tools: ['plan'],
  website: ['plan'],
  analytics: ['site'],
  agents: ['plan', 'tools'],
  review: ['profile', 'plan', 'billing', 'tools', 'site', 'analytics', 'agents'],
};

/** The fingerprint of the facts a step depends on; the step is stale when it differs from the stored one. */
export function factsFor(step: OnboardingStep, facts: Facts): string {
  return JSON.stringify(dependsOn[step].map((name) => facts[name] ?? ''));
}

/** Steps whose facts have changed since they were completed, in order. */
export function staleSteps(
  decided: Readonly<Partial<Record<OnboardingStep, string>>>,
  facts: Facts,
): OnboardingStep[] {
  return onboardingSteps.filter((step) => {
    const before = decided[step];
    return before !== undefined && before !== factsFor(step, facts);
  });
}
