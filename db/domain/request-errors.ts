import type { ErrorEntry } from './error-entry.ts';

/** Errors that any request can have. */
export const requestErrors = {
  'request.invalid': { status: 422, retryable: false, refusal: true, text: 'Check the highlighted fields.' },
  'request.malformed': {
    status: 400,
    retryable: false,
    refusal: true,
    text: 'We couldn’t read this request.',
  },
  'request.too-large': { status: 413, retryable: false, refusal: true, text: 'This request is too large.' },
  'request.unsupported-type': { status: 415, retryable: false, refusal: true, text: 'Send JSON or a form.' },
  'request.not-found': { status: 404, retryable: false, refusal: true, text: 'Page not found.' },
  'request.method-not-allowed': {
    status: 405,
    retryable: false,
    refusal: true,
    text: 'Method not allowed.',
  },
  'request.key-reused': {
    status: 409,
    retryable: false,
    refusal: true,
    text: 'This Idempotency-Key was already used with different values. Use a new key.',
  },
  'request.rate-limited': {
    status: 429,
    retryable: true,
    refusal: true,
    text: 'Too many requests. Try again in a moment.',
  },
  'request.forged': {
    status: 403,
    retryable: false,
    refusal: true,
    text: 'This form has expired. Go back, reload the page and try again.',
  },
  'request.outdated': {
    status: 403,
    retryable: true,
    text: 'This page was out of date. Nothing was saved. Check what you entered and send it again.',
  },
  'permission.denied': {
    status: 403,
    retryable: false,
    refusal: true,
    text: 'You don’t have permission to do this.',
  },
  'object.not-found': { status: 404, retryable: false, text: 'File not found.' },
  'object.invalid-key': {
    status: 422,
    retryable: false,
    refusal: true,
    text: 'This file name isn’t allowed.',
  },
  'service.unavailable': {
    status: 503,
    retryable: true,
    text: 'Part of the platform isn’t responding. Nothing was lost. Try again in a moment.',
  },
  'internal.unexpected': {
    status: 500,
    retryable: true,
    text: 'Something went wrong on our side. Nothing was lost.',
  },
} as const satisfies Record<string, ErrorEntry>;
