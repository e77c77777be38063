import { ProviderPage, ProvidersPage } from '../../../templates/admin/identity/providers.tsx';
import { renderPage } from '../../../templates/layout/render.ts';
import type { PageSample } from '../gallery.tsx';
import { adminFrame, ago, days } from '../sample.ts';

const google = {
  key: 'google',
  title: 'Google',
  issuer: 'https://accounts.google.com',
  clientId: '123.apps.googleusercontent.com',
  domains: [],
  isOn: true,
  lastSuccessAt: ago(12),
  lastFailureAt: null,
  lastFailure: null,
};
const acme = {
  ...google,
  key: 'acme',
  title: 'Acme Login',
  issuer: 'https://login.acme.example',
  domains: ['acme.example', 'acme.test'],
  isOn: false,
  lastSuccessAt: null,
  lastFailureAt: ago(2 * days),
  lastFailure: 'The sign-in provider refused our client ID or secret.',
};
const list = adminFrame('/admin/sign-in-providers');
const page = {
  frame: adminFrame('/admin/sign-in-providers/acme'),
  id: 'acme',
  kind: 'oidc',
  preset: { title: '', issuer: '' },
  redirectUri: 'https://portal.example/sign-in/callback/acme',
} as const;

export const samples: readonly PageSample[] = [
  { name: 'providers', html: () => renderPage(<ProvidersPage frame={list} providers={[acme, google]} />) },
  { name: 'providers-none', html: () => renderPage(<ProvidersPage frame={list} providers={[]} />) },
  { name: 'provider-new', html: () => renderPage(<ProviderPage {...page} provider={null} />) },
  {
    name: 'provider-refused',
    html: () =>
      renderPage(
        <ProviderPage
          {...page}
          provider={null}
          form={{ values: { title: 'Acme', issuer: 'acme' }, errors: { clientId: 'Fill this in.' } }}
        />,
      ),
  },
  {
    name: 'provider-works',
    html: () =>
      renderPage(
        <ProviderPage
          {...page}
          provider={{ ...acme, isOn: true }}
          test={{
            issuer: acme.issuer,
            authorizationEndpoint: `${acme.issuer}/authorize`,
            tokenEndpoint: `${acme.issuer}/token`,
            keys: 2,
            secret: 'accepted',
          }}
        />,
      ),
  },
  {
    name: 'provider-fails',
    html: () =>
      renderPage(
        <ProviderPage
          {...page}
          provider={acme}
          test={{ problem: 'The sign-in provider can’t be reached.' }}
        />,
      ),
  },
];
