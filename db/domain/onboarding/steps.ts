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

/** Every step of a set-up, in order. */
export const allStepKeys = Object.keys(onboardingTitles) as (keyof typeof onboardingTitles)[];

/** Steps a person fills in; `account` is done by the sign-up itself. */
export type SubmittableStep = Exclude<OnboardingStep, 'account'>;
export const submittableSteps = onboardingSteps.filter((step): step is SubmittableStep => step !== 'account');

/** Steps an administrator may skip on behalf of the customer; the others are needed to go live. */
export const skippableSteps: readonly OnboardingStep[] = ['tools', 'website', 'analytics', 'agents'];

/** Facts an earlier choice gives to later steps: fact name to a comparable value. */
export type Facts = Readonly<Record<string, string>>;

/** Which facts a step was decided on. Review reads every choice, so anything changed opens it again. */
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

/** The fingerprint of the facts a step rests on; the step is stale when it differs from the one stored. */
export function factsFor(step: OnboardingStep, facts: Facts): string {
  return JSON.stringify(dependsOn[step].map((name) => facts[name] ?? ''));
}

/** Steps that were decided on facts that have changed since, in order. */
export function staleSteps(
  decided: Readonly<Partial<Record<OnboardingStep, string>>>,
  facts: Facts,
): OnboardingStep[] {
  return onboardingSteps.filter((step) => {
    const before = decided[step];
    return before !== undefined && before !== factsFor(step, facts);
  });
}
