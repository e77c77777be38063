import { onboardingTitles } from './steps.ts';

/** Events of this capability, each with the label people read in the audit log. */
export const onboardingEvents = {
  'onboarding.step-completed': 'Setup step completed',
  'onboarding.reminded': 'Reminder sent manually',
  'onboarding.extended': 'Setup deadline extended',
} as const;

/** Facts of events that say what they are about, each with the text people read. */
export const onboardingSubjects = {
  step: (key: string) => `Step: ${(onboardingTitles as Record<string, string>)[key] ?? key}`,
} as const;
