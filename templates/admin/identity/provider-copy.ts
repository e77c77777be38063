import type { ProviderKind } from '../../../db/domain/identity/sign-in-provider.ts';

/** Every sentence of the pages of sign-in providers. */
export const providerCopy = {
  title: 'Sign-in providers',
  purpose:
    'Let people sign in with an account they already have. Each business chooses which of these its people may use.',
  empty: {
    title: 'No sign-in provider yet',
    text: 'Choose one below. You need a client ID and a client secret, which the provider gives you when you register this platform there.',
  },
  setUp: 'Set up a provider',
  setUpText: 'The page of each says what to enter at the provider.',
  kinds: {
    google: 'Google',
    microsoft: 'Microsoft',
    facebook: 'Facebook',
    oidc: 'OpenID Connect',
  } satisfies Record<ProviderKind, string>,
  add: {
    title: 'Another provider',
    text: 'Any provider that speaks OpenID Connect, such as Okta, Auth0, Keycloak or Zitadel.',
    label: 'Name',
    help: 'People read it on the button. Its address here is made from it and stays.',
    submit: 'Add provider',
    problem: 'Use a name with at least one letter.',
  },
  page: (title: string) => `Sign-in with ${title}`,
  unnamed: 'this provider',
  on: 'On',
  off: 'Off',
  notSetUp: 'Not set up',
  redirect: {
    title: 'Redirect address',
    text: 'Enter exactly this address at the provider:',
    where: {
      google:
        'Google Cloud console → Google Auth Platform → Clients → your web client → Authorized redirect URIs.',
      microsoft:
        'Microsoft Entra admin center → App registrations → your app → Authentication → Web → Redirect URIs. For confirmed addresses of work accounts, add the optional claims email and xms_edov to the ID token.',
      facebook: 'Meta for Developers → your app → Facebook Login → Settings → Valid OAuth Redirect URIs.',
      oidc: 'The provider calls it redirect URI or callback URL. Allow the scopes openid, email and profile.',
    } satisfies Record<ProviderKind, string>,
  },
  form: {
    title: 'Registration',
    name: 'Name on the button',
    issuer: 'Issuer',
    issuerHelp: {
      google: 'Leave it as it is.',
      microsoft:
        'common takes every Microsoft account. For one organisation only, put its directory (tenant) ID in place of common.',
      facebook:
        'Leave it as it is. Facebook confirms no email address, so people connect it while they are signed in.',
      oidc: 'The address that its discovery document names as issuer.',
    } satisfies Record<ProviderKind, string>,
    clientId: 'Client ID',
    secret: 'Client secret',
    secretHelp: 'It is stored encrypted and never shown again.',
    secretKept: 'Stored. Leave it empty to keep it.',
    domains: 'Email domains',
    domainsHelp:
      'Only people with a confirmed address in one of these domains may use it, for example example.com, example.org. Empty: everyone.',
    submit: 'Save',
  },
  saved: (title: string) => `${title} is saved. Test it before you turn it on.`,
  test: {
    title: 'Test',
    text: 'Asks the provider for its description and its keys, and whether it knows our client ID and secret. No one signs in.',
    submit: 'Test provider',
    pending: 'Asking the provider…',
    works: 'The provider answers.',
    secretAccepted: 'Client ID and secret are right.',
    secretUnknown:
      'The answer doesn’t tell whether client ID and secret are right. Sign in once to find out.',
    issuer: 'Issuer',
    authorization: 'People sign in at',
    token: 'Tokens come from',
    keys: 'Signing keys',
    noKeys: 'None; it signs nothing',
  },
  last: { success: 'Last sign-in', failure: 'Last failure', never: 'None yet' },
  turn: {
    on: 'Turn on',
    off: 'Turn off',
    titleOn: 'It is off',
    titleOff: 'It is on',
    onText:
      'Once it is on, its button appears on the sign-in page. People can use it where their business allows it.',
    offText:
      'If you turn it off, its button disappears and no one can sign in with it any more. Sessions stay open. Businesses that refuse passwords and allow no other provider can then be entered by their owners only.',
  },
  turnedOn: 'The provider is on.',
  turnedOff: 'The provider is off.',
} as const;
