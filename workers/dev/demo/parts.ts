import type { DemoPart } from './demo.ts';
import { billingDemo } from './billing.ts';
import { apiKeysDemo } from './api-keys.ts';
import { freezesDemo } from './freezes.ts';
import { integrationsDemo } from './integrations.ts';
import { onboardingDemo } from './onboarding.ts';
import { peopleDemo } from './people.ts';
import { replayDemo } from './runs.ts';
import { schedulesDemo } from './schedules.ts';
import { viewDemo } from './identity.ts';

/** What each capability adds to the demo, in the order in which it is planted. */
export const demoParts: readonly DemoPart[] = [
  onboardingDemo,
  peopleDemo,
  apiKeysDemo,
  integrationsDemo,
  schedulesDemo,
  viewDemo,
  replayDemo,
  freezesDemo,
  billingDemo,
];
