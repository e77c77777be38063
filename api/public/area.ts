import type { Area } from '../kit/area.ts';
import { acceptInvitationRoutes } from './accept-invitation.ts';
import { activityRoutes } from './activity.ts';
import { hookRoutes } from './hooks.ts';
import { signInRoutes } from './sign-in.ts';
import { signUpRoutes } from './sign-up.ts';
import { verifyEmailRoutes } from './verify-email.ts';

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
