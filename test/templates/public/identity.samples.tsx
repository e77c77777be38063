import type { PageSample } from '../gallery.tsx';
import { clientFrame, publicFrame } from '../sample.ts';
import { renderPage } from '../../../templates/layout/render.ts';
import { SignInPage } from '../../../templates/public/identity/sign-in.tsx';
import { VerifyEmailPage } from '../../../templates/public/identity/verify-email.tsx';

export const samples: readonly PageSample[] = [
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
          token="tok_1"
          continueHref="/app/setup"
        />,
      ),
  },
  ...(['ask', 'already'] as const).map((outcome) => ({
    name: `verify-email-${outcome}`,
    html: () =>
      renderPage(
        <VerifyEmailPage
          frame={publicFrame('/verify-email')}
          outcome={outcome}
          token="tok_1"
          continueHref="/sign-in"
        />,
      ),
  })),
  {
    name: 'verify-email-expired',
    html: () =>
      renderPage(
        <VerifyEmailPage
          frame={publicFrame('/verify-email')}
          outcome="expired"
          token="tok_1"
          continueHref="/app"
        />,
      ),
  },
];
