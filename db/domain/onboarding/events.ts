/** Events of this capability, each with the label people read in the audit log. */
export const onboardingEvents = {
  'onboarding.step-completed': 'Set-up step completed',
  'onboarding.reminded': 'Reminder sent by hand',
  'onboarding.extended': 'Set-up deadline extended',
} as const;
