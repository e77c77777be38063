import type { Area } from '../kit/area.ts';
import { acceptInvitationRoutes } from './people/accept-invitation.ts';
import { siteFileRoutes } from './home/site-files.ts';
import { sitePageRoutes } from './home/pages.ts';
import { statusRoutes } from './health/status.ts';
import { businessRoutes } from './people/businesses.ts';
import { activityRoutes } from './runs/activity.ts';
import { followRoutes } from './runs/follow.ts';
import { hookRoutes } from './integrations/webhooks.ts';
import { signInRoutes } from './identity/sign-in.ts';
import { signUpRoutes } from './onboarding/sign-up.ts';
import { verifyEmailRoutes } from './identity/verify-email.ts';

export const publicArea: Area = {
  side: 'public',
  nav: [],
  routes: [
    ...sitePageRoutes,
    ...siteFileRoutes,
    ...statusRoutes,
    ...signInRoutes,
    ...signUpRoutes,
    ...verifyEmailRoutes,
    ...acceptInvitationRoutes,
    ...businessRoutes,
    ...activityRoutes,
    ...followRoutes,
    ...hookRoutes,
  ],
};
