import type { OnboardingStep } from '../../db/domain/onboarding-steps.ts';

/** What people call the steps of the set-up. */
export const setupTitles = {
  account: 'Account',
  profile: 'Business',
  plan: 'Plan & payment',
  tools: 'Tools',
  website: 'Website',
  analytics: 'Analytics',
  agents: 'Agents',
  review: 'Review',
} as const satisfies Record<OnboardingStep, string>;
