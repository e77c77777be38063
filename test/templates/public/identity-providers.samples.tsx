import { renderPage } from '../../../templates/layout/render.ts';
import {
  ContinueSignInPage,
  type ContinueSignInPageProps,
} from '../../../templates/public/identity/continue-sign-in.tsx';
import { SignInMethodsPage } from '../../../templates/public/identity/sign-in-methods.tsx';
import type { PageSample } from '../gallery.tsx';
import { ago, clientFrame, days, publicFrame } from '../sample.ts';

const invitation = { businessName: 'Rivera Bakery', roleTitle: 'Member' };
const steps: readonly [ContinueSignInPageProps['step'], ContinueSignInPageProps['invitation']][] = [
  ['password', invitation],
  ['join', invitation],
  ['signUp', null],
  ['connect', null],
];
const google = { provider: 'google', title: 'Google', connectedAt: ago(3 * days), lastUsedAt: ago(20) };

export const samples: readonly PageSample[] = [
  ...steps.map(([step, invited]) => ({
    name: `continue-sign-in-${step}`,
    html: () =>
      renderPage(
        <ContinueSignInPage
          frame={step === 'connect' ? clientFrame('/sign-in/continue') : publicFrame('/sign-in/continue')}
          {...{ step, provider: 'Google', account: 'lucia@rivera.example', invitation: invited }}
          {...(step === 'password' && { form: { problem: 'Incorrect email or password.' } })}
        />,
      ),
  })),
  ...[true, false].map((hasSome) => ({
    name: `sign-in-methods${hasSome ? '' : '-none'}`,
    html: () =>
      renderPage(
        <SignInMethodsPage
          frame={clientFrame('/account/sign-in-methods')}
          mayAllow
          methods={
            hasSome
              ? [google, { provider: 'acme', title: 'Acme Login', connectedAt: null, lastUsedAt: null }]
              : []
          }
        />,
      ),
  })),
];
