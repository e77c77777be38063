import type { ErrorEntry } from '../error-entry.ts';

/** What can go wrong with sign-in providers. */
export const providerErrors = {
  'provider.not-found': {
    status: 404,
    retryable: false,
    refusal: true,
    text: 'This sign-in provider isn’t set up or is turned off.',
  },
  'provider.not-configured': {
    status: 409,
    retryable: false,
    refusal: true,
    text: 'Enter client ID and client secret first.',
  },
  'provider.secret-missing': {
    status: 422,
    retryable: false,
    refusal: true,
    text: 'Enter the client secret.',
  },
  'provider.address-refused': {
    status: 422,
    retryable: false,
    refusal: true,
    text: 'This address can’t be used. Enter the provider’s public https address.',
  },
  'provider.unreachable': {
    status: 503,
    retryable: true,
    text: 'The sign-in provider can’t be reached or takes too long. Try again, or sign in with your password.',
  },
  'provider.no-description': {
    status: 502,
    retryable: false,
    text: 'There is no OpenID Connect description at this issuer. Check the address for typing mistakes.',
  },
  'provider.issuer-differs': {
    status: 502,
    retryable: false,
    text: 'The description at this address names another issuer. Enter the issuer exactly as the provider writes it.',
  },
  'provider.wrong-secret': {
    status: 502,
    retryable: false,
    text: 'The sign-in provider refused our client ID or secret. An administrator of the platform has to enter them again.',
  },
  'provider.bad-answer': {
    status: 502,
    retryable: false,
    text: 'The answer of the sign-in provider couldn’t be verified, so you aren’t signed in. Try again.',
  },
  'provider.clock': {
    status: 502,
    retryable: false,
    text: 'The clocks of the sign-in provider and of this server differ too much. An administrator has to set the clock.',
  },
  'provider.cancelled': {
    status: 409,
    retryable: false,
    refusal: true,
    text: 'You cancelled at the sign-in provider. Nothing was changed.',
  },
  'provider.expired': {
    status: 410,
    retryable: false,
    refusal: true,
    text: 'This sign-in took too long or was already used. Start again.',
  },
  'provider.domain-refused': {
    status: 403,
    retryable: false,
    refusal: true,
    text: 'Accounts with this email domain can’t use this sign-in provider.',
  },
  'provider.unverified': {
    status: 403,
    retryable: false,
    refusal: true,
    text: 'The sign-in provider doesn’t confirm your email address. Sign in with your password first, then connect it under Sign-in methods. Without an account, sign up first.',
  },
  'provider.not-allowed': {
    status: 403,
    retryable: false,
    refusal: true,
    text: 'Your business doesn’t allow this sign-in provider. Sign in another way.',
  },
  'provider.linked-elsewhere': {
    status: 409,
    retryable: false,
    refusal: true,
    text: 'This account is connected to another person here. Disconnect it there first.',
  },
  'provider.already-linked': {
    status: 409,
    retryable: false,
    refusal: true,
    text: 'Another account of this provider is connected already. Disconnect it first.',
  },
  'provider.none-works': {
    status: 422,
    retryable: false,
    refusal: true,
    text: 'Choose at least one provider that works before you refuse passwords.',
  },
  'session.providers-only': {
    status: 403,
    retryable: false,
    refusal: true,
    text: 'Your business doesn’t allow passwords. Sign in with its sign-in provider.',
  },
  'session.other-way': {
    status: 403,
    retryable: false,
    refusal: true,
    text: 'This business wants you to sign in another way. Sign out, then sign in the way it allows.',
  },
} as const satisfies Record<string, ErrorEntry>;
