import type { Area } from '../kit/area.ts';
import { acceptInvitationRoutes } from './people/accept-invitation.ts';
import { siteFileRoutes } from './home/site-files.ts';
import { sitePageRoutes } from './home/pages.ts';
import { statusRoutes } from './health/status.ts';
import { businessRoutes } from './people/businesses.ts';
import { activityRoutes } from './runs/activity.ts';
import { endViewRoutes } from './identity/end-view.ts';
import { followRoutes } from './runs/follow.ts';
import { hookRoutes } from './integrations/webhooks.ts';
import { startHookRoutes } from './runs/start-hook.ts';
import { signInRoutes } from './identity/sign-in.ts';
import { continueSignInRoutes } from './identity/continue-sign-in.ts';
import { signInMethodRoutes } from './identity/sign-in-methods.ts';
import { signInWithRoutes } from './identity/sign-in-with.ts';
import { signInCodeRoutes } from './identity/sign-in-code.ts';
import { stepUpRoutes } from './identity/step-up.ts';
import { secondFactorRoutes } from './identity/second-factor.ts';
import { passwordRoutes } from './identity/password.ts';
import { forgottenPasswordRoutes } from './identity/forgotten-password.ts';
import { securityCenterRoutes } from './identity/security-center.ts';
import { resendConfirmationRoutes } from './identity/resend-confirmation.ts';
import { profileRoutes } from './identity/profile.ts';
import { pictureRoutes } from './identity/picture.ts';
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
    ...endViewRoutes,
    ...signInCodeRoutes,
    ...signInWithRoutes,
    ...continueSignInRoutes,
    ...signInMethodRoutes,
    ...stepUpRoutes,
    ...forgottenPasswordRoutes,
    ...securityCenterRoutes,
    ...passwordRoutes,
    ...secondFactorRoutes,
    ...profileRoutes,
    ...pictureRoutes,
    ...signUpRoutes,
    ...verifyEmailRoutes,
    ...resendConfirmationRoutes,
    ...acceptInvitationRoutes,
    ...businessRoutes,
    ...activityRoutes,
    ...followRoutes,
    ...hookRoutes,
    ...startHookRoutes,
  ],
};
