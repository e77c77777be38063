import { ActivityPage } from '../../templates/public/runs/activity.tsx';
import { AcceptInvitePage } from '../../templates/public/people/accept-invite.tsx';
import { ErrorPage } from '../../templates/public/shared/error-page.tsx';
import { PublicHomePage } from '../../templates/public/home/home.tsx';
import { SignInPage } from '../../templates/public/identity/sign-in.tsx';
import { SignUpPage } from '../../templates/public/onboarding/sign-up.tsx';
import { VerifyEmailPage } from '../../templates/public/identity/verify-email.tsx';
import { renderPage } from '../../templates/layout/render.ts';
import type { GalleryPage } from './gallery-page.ts';
import { adminFrame, clientFrame, publicFrame } from './sample.ts';

export const publicGallery: GalleryPage[] = [
  { name: 'public-home', html: () => renderPage(<PublicHomePage frame={publicFrame('/')} />) },
  { name: 'sign-up', html: () => renderPage(<SignUpPage frame={publicFrame('/sign-up')} requestKey="k1" />) },
  {
    name: 'sign-up-errors',
    html: () =>
      renderPage(
        <SignUpPage
          frame={publicFrame('/sign-up')}
          requestKey="k1"
          form={{
            values: { businessName: 'Rivera Bakery', ownerName: 'Lucía', email: 'lucia@' },
            errors: {
              email: 'Enter an email address such as name@example.com.',
              password: 'At least 12 characters.',
            },
          }}
        />,
      ),
  },
  { name: 'sign-in', html: () => renderPage(<SignInPage frame={publicFrame('/sign-in')} next="/app" />) },
  {
    name: 'sign-in-wrong',
    html: () =>
      renderPage(
        <SignInPage
          frame={publicFrame('/sign-in')}
          form={{ values: { email: 'lucia@rivera.example' }, problem: 'Incorrect email or password.' }}
        />,
      ),
  },
  {
    name: 'verify-email',
    html: () =>
      renderPage(
        <VerifyEmailPage
          frame={clientFrame('/verify-email')}
          outcome="confirmed"
          email="lucia@rivera.example"
          continueHref="/app/setup"
        />,
      ),
  },
  {
    name: 'verify-email-expired',
    html: () =>
      renderPage(
        <VerifyEmailPage frame={publicFrame('/verify-email')} outcome="expired" continueHref="/app" />,
      ),
  },
  {
    name: 'accept-invite',
    html: () =>
      renderPage(
        <AcceptInvitePage
          frame={publicFrame('/invitations/accept')}
          invitation={{
            token: 'tok_1',
            businessName: 'Rivera Bakery',
            inviterName: 'Lucía Rivera',
            email: 'marco@rivera.example',
            roleTitle: 'Member',
          }}
        />,
      ),
  },
  {
    name: 'accept-invite-ended',
    html: () => renderPage(<AcceptInvitePage frame={publicFrame('/invitations/accept')} invitation={null} />),
  },
  {
    name: 'error-signed-out',
    html: () =>
      renderPage(
        <ErrorPage
          frame={publicFrame('/nowhere')}
          status={404}
          title="This page doesn’t exist"
          text="It may have moved, or the link may be mistyped."
          advice="Check the address, or go to the start page."
          requestId="req_8f3k2m1p"
        />,
      ),
  },
  {
    name: 'error-signed-in',
    html: () =>
      renderPage(
        <ErrorPage
          frame={adminFrame('/admin/tenants')}
          status={503}
          title="Part of the platform isn’t responding"
          text="Nothing is lost. Running processes continue automatically."
          advice="Try again in a moment."
          requestId="req_8f3k2m1p"
          action={{ title: 'Try again', href: '/admin/tenants' }}
        />,
      ),
  },
  {
    name: 'activity',
    html: () =>
      renderPage(
        <ActivityPage
          frame={clientFrame('/activity')}
          runs={[
            {
              runId: 'r2',
              title: 'Connecting a server',
              about: 'Stripe',
              state: 'waiting',
              startedAt: '2026-11-22T12:00:00Z',
              endedAt: null,
              href: '/app/connections/stripe',
            },
            {
              runId: 'r1',
              title: 'Invitation',
              about: null,
              state: 'done',
              startedAt: '2026-11-20T12:00:00Z',
              endedAt: '2026-11-21T12:00:00Z',
              href: '/app/team',
            },
          ]}
          cursor={undefined}
          nextCursor={null}
        />,
      ),
  },
  {
    name: 'activity-empty',
    html: () =>
      renderPage(
        <ActivityPage frame={adminFrame('/activity')} runs={[]} cursor={undefined} nextCursor={null} />,
      ),
  },
];
