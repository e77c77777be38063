import type { PageSample } from '../gallery.tsx';
import { publicFrame } from '../sample.ts';
import { renderPage } from '../../../templates/layout/render.ts';
import { CheckEmailPage } from '../../../templates/public/onboarding/check-email.tsx';
import { SignUpPage } from '../../../templates/public/onboarding/sign-up.tsx';

export const samples: readonly PageSample[] = [
  {
    name: 'sign-up',
    html: () =>
      renderPage(
        <SignUpPage
          frame={publicFrame('/sign-up')}
          requestKey="k1"
          partner={{ name: 'Bright Agency', token: 't1' }}
        />,
      ),
  },
  {
    name: 'sign-up-errors',
    html: () =>
      renderPage(
        <SignUpPage
          partner={null}
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
  ...(['lucia@rivera.example', `${'l'.repeat(60)}@${'rivera-'.repeat(20)}bakery.example`] as const).map(
    (email, index) => ({
      name: index === 0 ? 'check-email' : 'check-email-long',
      html: () =>
        renderPage(
          <CheckEmailPage
            frame={publicFrame('/sign-up')}
            typed={{ businessName: 'Rivera Bakery', ownerName: 'Lucía', email, timezone: 'UTC' }}
            mailboxUrl={index === 0 ? 'http://127.0.0.1:8025' : undefined}
          />,
        ),
    }),
  ),
];
