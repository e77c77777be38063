import type { DemoPart } from './demo.ts';
import { integrationsDemo } from './integrations.ts';
import { onboardingDemo } from './onboarding.ts';
import { peopleDemo } from './people.ts';

/** What each capability adds to the demo, in the order in which it is planted. */
export const demoParts: readonly DemoPart[] = [onboardingDemo, peopleDemo, integrationsDemo];
