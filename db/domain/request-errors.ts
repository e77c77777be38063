import type { ErrorEntry } from './error-entry.ts';

/** What can go wrong with any request, whatever it is about. */
export const requestErrors = {
  'request.invalid': { status: 422, retryable: false, text: 'Some of the values need your attention.' },
  'request.malformed': { status: 400, retryable: false, text: 'We could not read this request.' },
  'request.too-large': { status: 413, retryable: false, text: 'This is larger than we accept.' },
  'request.unsupported-type': { status: 415, retryable: false, text: 'Send JSON or a form.' },
  'request.not-found': { status: 404, retryable: false, text: 'There is nothing at this address.' },
  'request.method-not-allowed': {
    status: 405,
    retryable: false,
    text: 'This address does not take that method.',
  },
  'request.key-reused': {
    status: 409,
    retryable: false,
    text: 'This Idempotency-Key was used before with other values. Use a new key.',
  },
  'request.rate-limited': { status: 429, retryable: true, text: 'Too many tries. Please wait a moment.' },
  'request.forged': {
    status: 403,
    retryable: false,
    text: 'This form is no longer valid. Go back, reload the page and send it again.',
  },
  'permission.denied': { status: 403, retryable: false, text: 'You may not do this.' },
  'object.not-found': { status: 404, retryable: false, text: 'This file does not exist.' },
  'object.invalid-key': { status: 422, retryable: false, text: 'A file cannot have this name.' },
  'service.unavailable': {
    status: 503,
    retryable: true,
    text: 'A part of the platform does not answer. Nothing is lost; please try again in a moment.',
  },
  'internal.unexpected': {
    status: 500,
    retryable: true,
    text: 'Something went wrong on our side. Nothing was lost.',
  },
} as const satisfies Record<string, ErrorEntry>;
