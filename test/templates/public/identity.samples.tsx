import type { PageSample } from '../gallery.tsx';
import { ago, clientFrame, days, hours, publicFrame } from '../sample.ts';
import { renderPage } from '../../../templates/layout/render.ts';
import { SignInPage } from '../../../templates/public/identity/sign-in.tsx';
import { BackupCodesPage } from '../../../templates/public/identity/backup-codes.tsx';
import { ChangePasswordPage } from '../../../templates/public/identity/change-password.tsx';
import { ConfirmIdentityPage } from '../../../templates/public/identity/confirm-identity.tsx';
import {
  ForgotPasswordPage,
  NewPasswordPage,
} from '../../../templates/public/identity/forgotten-password.tsx';
import { ProfilePage } from '../../../templates/public/identity/profile.tsx';
import { ResendConfirmationPage } from '../../../templates/public/identity/resend-confirmation.tsx';
import { SecondFactorPage } from '../../../templates/public/identity/second-factor.tsx';
import { SecurityCenterPage } from '../../../templates/public/identity/security-center.tsx';
import { SignInCodePage } from '../../../templates/public/identity/sign-in-code.tsx';
import { VerifyEmailPage } from '../../../templates/public/identity/verify-email.tsx';

export const samples: readonly PageSample[] = [
  {
    name: 'sign-in',
    html: () => renderPage(<SignInPage frame={publicFrame('/sign-in')} next="/app" providers={[]} />),
  },
  {
    name: 'sign-in-wrong',
    html: () =>
      renderPage(
        <SignInPage
          frame={publicFrame('/sign-in')}
          providers={[
            { key: 'google', title: 'Google' },
            { key: 'acme', title: 'Acme Login' },
          ]}
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
  {
    name: 'sign-in-code',
    html: () => renderPage(<SignInCodePage frame={publicFrame('/sign-in/code')} next="/app" />),
  },
  ...[true, false].map((byCode) => ({
    name: byCode ? 'confirm-identity-code' : 'confirm-identity',
    html: () =>
      renderPage(
        <ConfirmIdentityPage
          frame={clientFrame('/confirm-identity')}
          next="/app/team"
          byCode={byCode}
          form={{ problem: 'Check what you entered.', errors: { password: 'This isn’t your password.' } }}
        />,
      ),
  })),
  ...[true, false].map((isDemanded) => ({
    name: isDemanded ? 'second-factor-demanded' : 'second-factor',
    html: () =>
      renderPage(
        <SecondFactorPage
          frame={clientFrame('/account/security/second-factor')}
          isDemanded={isDemanded}
          setup="sealed"
          secret="JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP"
          qr={{ size: 21, path: 'M0 0h1v1h-1zM2 3h1v1h-1z' }}
          next="/app"
        />,
      ),
  })),
  {
    name: 'backup-codes',
    html: () =>
      renderPage(
        <BackupCodesPage
          frame={clientFrame('/account/security/backup-codes')}
          codes={Array.from({ length: 10 }, (_, n) => `k3f9-2mzq-8xwt-0vb${n}`)}
          continueHref="/app"
        />,
      ),
  },
  ...[true, false].map((isDemanded) => ({
    name: isDemanded ? 'change-password-demanded' : 'change-password',
    html: () =>
      renderPage(
        <ChangePasswordPage
          frame={clientFrame('/account/security/password')}
          isDemanded={isDemanded}
          next={undefined}
        />,
      ),
  })),
  {
    name: 'forgot-password',
    html: () => renderPage(<ForgotPasswordPage frame={publicFrame('/forgot-password')} />),
  },
  {
    name: 'forgot-password-sent',
    html: () =>
      renderPage(
        <ForgotPasswordPage frame={publicFrame('/forgot-password')} sentTo="lucia@rivera.example" />,
      ),
  },
  {
    name: 'resend-confirmation',
    html: () =>
      renderPage(
        <ResendConfirmationPage
          frame={publicFrame('/verify-email/resend')}
          form={{
            values: { email: 'lucia@' },
            errors: { email: 'Enter an email address such as name@example.com.' },
          }}
        />,
      ),
  },
  {
    name: 'resend-confirmation-sent',
    html: () =>
      renderPage(
        <ResendConfirmationPage frame={publicFrame('/verify-email/resend')} sentTo="lucia@rivera.example" />,
      ),
  },
  ...['tok_1', null].map((token) => ({
    name: token ? 'new-password' : 'new-password-expired',
    html: () => renderPage(<NewPasswordPage frame={publicFrame('/reset-password')} token={token} />),
  })),
  ...[true, false].map((full) => ({
    name: full ? 'security-center' : 'security-center-new',
    html: () =>
      renderPage(
        <SecurityCenterPage
          frame={clientFrame('/account/security')}
          hasSecondFactor={full}
          codesLeft={7}
          sessions={[
            {
              ...{
                id: 's1',
                device: 'Chrome on macOS',
                ip: '203.0.113.9',
                current: true,
                view: false,
                open: true,
              },
              ...{ startedAt: ago(2 * hours), lastSeenAt: ago(1) },
              ...{ endedAt: null, endedBy: null, endReason: null },
            },
            ...(full
              ? [
                  {
                    ...{
                      id: 's2',
                      device: 'Safari on iPhone',
                      ip: '2001:db8::1',
                      current: false,
                      view: false,
                    },
                    ...{ open: true, startedAt: ago(3 * days), lastSeenAt: ago(40) },
                    ...{ endedAt: null, endedBy: null, endReason: null },
                  },
                  {
                    ...{
                      id: 's3',
                      device: 'Firefox on Linux',
                      ip: null,
                      current: false,
                      view: false,
                      open: false,
                    },
                    ...{ startedAt: ago(5 * days), lastSeenAt: ago(4 * days), endedAt: ago(4 * days) },
                    ...{ endedBy: 'Ana Torres', endReason: 'Ended by an administrator' },
                  },
                ]
              : []),
          ]}
          events={
            full
              ? [
                  {
                    text: 'Signed in',
                    at: ago(2 * hours),
                    by: null,
                    device: 'Chrome on macOS',
                    ip: '203.0.113.9',
                  },
                  {
                    text: 'Sessions ended',
                    at: ago(4 * days),
                    by: 'an administrator',
                    device: null,
                    ip: null,
                  },
                ]
              : []
          }
        />,
      ),
  })),
  {
    name: 'profile',
    html: () =>
      renderPage(
        <ProfilePage
          frame={clientFrame('/account/profile')}
          email="lucia@rivera.example"
          profile={{
            ...{ name: 'Lucía Rivera', phone: '+34 600 000 000', jobTitle: 'Baker' },
            ...{ timezone: 'Europe/Madrid', language: 'es' },
          }}
          mails={['invoice', 'welcome']}
          picture={null}
        />,
      ),
  },
];
