import { z } from 'zod';
import { text } from '../common.ts';

/** Where people can sign in with an account they have elsewhere. */
export const providerKinds = ['google', 'microsoft', 'facebook', 'oidc'] as const;
export type ProviderKind = (typeof providerKinds)[number];

/** Names a provider in addresses; those of the well-known kinds are their kind. `add` is the form that adds one. */
export const providerKey = z
  .string()
  .regex(/^(?!add$)[a-z][a-z0-9]*(?:-[a-z0-9]+)*$/)
  .max(30);

/** A key is the provider's kind; all other keys are OpenID Connect providers. */
export const kindOf = (key: string): ProviderKind => providerKinds.find((kind) => kind === key) ?? 'oidc';

/** What is known of a kind before it is set up. @see each vendor's discovery document. */
export const providerPresets: Readonly<Record<ProviderKind, { title: string; issuer: string }>> = {
  google: { title: 'Google', issuer: 'https://accounts.google.com' },
  microsoft: { title: 'Microsoft', issuer: 'https://login.microsoftonline.com/common/v2.0' },
  facebook: { title: 'Facebook', issuer: 'https://www.facebook.com' },
  oidc: { title: '', issuer: '' },
};

const domain = /^(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z]{2,63}$/;

/** Email domains, separated by commas, spaces or lines; none means every domain. */
const domains = z
  .string()
  .max(2_000)
  .optional()
  .transform((typed = '') => [
    ...new Set(
      typed
        .toLowerCase()
        .split(/[\s,;]+/)
        .filter(Boolean),
    ),
  ])
  .refine((all) => all.every((one) => domain.test(one)), 'Enter domains such as example.com.');

const issuer = z
  .url({ protocol: /^https?$/, error: 'Enter an address such as https://login.example.com.' })
  .max(300)
  .refine((url) => !/[?#@]/.test(url), 'Leave out query, fragment and sign-in data.');

/** What a super admin enters; the secret is kept when it is left out. */
export const providerSettings = z.strictObject({
  title: text(40),
  issuer,
  clientId: text(300),
  clientSecret: z.string().trim().max(2_000).optional(),
  domains,
});
export type ProviderSettings = z.output<typeof providerSettings>;

/** A provider with its sealed secret. */
export interface SignInProvider {
  key: string;
  kind: ProviderKind;
  title: string;
  issuer: string;
  clientId: string;
  keyId: string;
  sealed: Buffer;
  /** Email domains whose people may use it; empty for all. */
  domains: string[];
  isOn: boolean;
  lastSuccessAt: Date | null;
  lastFailureAt: Date | null;
  /** Code of the error table. */
  lastFailure: string | null;
}

/** Who the provider says a person is. Only issuer and subject identify them. */
export interface ProviderIdentity {
  issuer: string;
  subject: string;
  /** Lower case; null where the provider tells none. */
  email: string | null;
  /** Whether the provider says that the person controls the address. */
  emailVerified: boolean;
  name: string | null;
}

/** What the callback is compared with; it stays in the browser, sealed. */
export interface ProviderChecks {
  state: string;
  nonce: string;
  verifier: string;
}

/** What a test of a provider found. */
export interface ProviderFindings {
  issuer: string;
  authorizationEndpoint: string;
  tokenEndpoint: string;
  /** How many keys it signs with; null where it signs nothing. */
  keys: number | null;
  /** Whether it took client id and secret; `unknown` where its answer doesn't tell. */
  secret: 'accepted' | 'unknown';
}

/** How the platform reaches providers. Each call throws a `provider.…` error in plain words. */
export interface ProviderClient {
  seal(key: string, secret: string): { keyId: string; sealed: Buffer };
  /** Throws `provider.address-refused` for an issuer this deployment never calls. */
  assertIssuer(issuer: string): void;
  /** Where the person signs in. */
  begin(provider: SignInProvider, redirectUri: string): Promise<{ url: string; checks: ProviderChecks }>;
  /** Who came back, after everything in the callback and the token was verified. */
  finish(provider: SignInProvider, callback: URL, checks: ProviderChecks): Promise<ProviderIdentity>;
  /** Asks for its description, its keys and whether it knows our secret. */
  test(provider: SignInProvider, redirectUri: string): Promise<ProviderFindings>;
}

/** Whether people with this address may use a provider. An address that isn't confirmed proves no domain. */
export function isDomainAllowed(
  { domains: allowed }: Pick<SignInProvider, 'domains'>,
  { email, emailVerified }: Pick<ProviderIdentity, 'email' | 'emailVerified'>,
): boolean {
  if (allowed.length === 0) return true;
  return emailVerified && email !== null && allowed.includes(email.slice(email.lastIndexOf('@') + 1));
}
