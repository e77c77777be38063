/** What people call the steps of the set-up. */
export { onboardingTitles as setupTitles } from '../../db/domain/onboarding/steps.ts';
