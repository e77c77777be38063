import type { ErrorEntry } from '../error-entry.ts';

export const identityErrors = {
  'session.required': { status: 401, retryable: false, text: 'Please sign in.' },
  'session.wrong-credentials': { status: 401, retryable: false, text: 'E-mail or password is not right.' },
  'session.locked': {
    status: 429,
    retryable: true,
    text: 'Too many wrong passwords. Wait a quarter of an hour, then try again.',
  },
  'password.too-weak': { status: 422, retryable: false, text: 'This password is too easy to guess.' },
  'token.invalid': {
    status: 410,
    retryable: false,
    text: 'This link has expired or was used before. Ask for a new one.',
  },
} as const satisfies Record<string, ErrorEntry>;
