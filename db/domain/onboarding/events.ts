/** Events of this capability, each with the label people read in the audit log. */
export const onboardingEvents = {
  'onboarding.step-completed': 'Setup step completed',
  'onboarding.reminded': 'Reminder sent manually',
  'onboarding.extended': 'Setup deadline extended',
} as const;
