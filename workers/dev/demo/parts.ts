import type { DemoPart } from './demo.ts';
import { apiKeysDemo } from './api-keys.ts';
import { billingDemo } from './billing.ts';
import { freezesDemo } from './freezes.ts';
import { integrationsDemo } from './integrations.ts';
import { onboardingDemo } from './onboarding.ts';
import { overdueDemo } from './overdue.ts';
import { peopleDemo } from './people.ts';
import { replayDemo } from './runs.ts';
import { templatesDemo } from './templates.ts';
import { schedulesDemo } from './schedules.ts';
import { viewDemo } from './identity.ts';

/** What each capability adds to the demo, in the order in which it is planted. */
export const demoParts: readonly DemoPart[] = [
  onboardingDemo,
  billingDemo,
  peopleDemo,
  apiKeysDemo,
  integrationsDemo,
  schedulesDemo,
  templatesDemo,
  viewDemo,
  replayDemo,
  freezesDemo,
  overdueDemo,
];
