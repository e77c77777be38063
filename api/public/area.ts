import type { Area } from '../kit/area.ts';
import { acceptInvitationRoutes } from './people/accept-invitation.ts';
import { activityRoutes } from './runs/activity.ts';
import { hookRoutes } from './integrations/webhooks.ts';
import { signInRoutes } from './identity/sign-in.ts';
import { signUpRoutes } from './onboarding/sign-up.ts';
import { verifyEmailRoutes } from './identity/verify-email.ts';

export const publicArea: Area = {
  side: 'public',
  nav: [],
  routes: [
    ...signInRoutes,
    ...signUpRoutes,
    ...verifyEmailRoutes,
    ...acceptInvitationRoutes,
    ...activityRoutes,
    ...hookRoutes,
  ],
};
