import type { ErrorEntry } from '../error-entry.ts';

export const identityErrors = {
  'session.required': { status: 401, retryable: false, refusal: true, text: 'Sign in to continue.' },
  'session.wrong-credentials': {
    status: 401,
    retryable: false,
    refusal: true,
    text: 'Incorrect email or password.',
  },
  'session.locked': {
    status: 429,
    retryable: true,
    refusal: true,
    text: 'Too many failed attempts. Try again in 15 minutes.',
  },
  'password.too-weak': {
    status: 422,
    retryable: false,
    refusal: true,
    text: 'This password is too easy to guess.',
  },
  'token.invalid': {
    status: 410,
    retryable: false,
    refusal: true,
    text: 'This link has expired or was already used. Request a new one.',
  },
} as const satisfies Record<string, ErrorEntry>;
