import type { ErrorEntry } from '../error-entry.ts';

export const approvalsErrors = {
  'approval.required': {
    status: 409,
    retryable: false,
    refusal: true,
    text: 'This call needs approval first.',
  },
  'approval.declined': { status: 409, retryable: false, refusal: true, text: 'This request was declined.' },
  'approval.withdrawn': { status: 409, retryable: false, refusal: true, text: 'This request was withdrawn.' },
  'approval.already-decided': {
    status: 409,
    retryable: false,
    refusal: true,
    text: 'This request was already decided.',
  },
  'approval.not-approver': {
    status: 403,
    retryable: false,
    refusal: true,
    text: 'This request is for others to decide.',
  },
  'approval.own-request': {
    status: 403,
    retryable: false,
    refusal: true,
    text: 'You can’t decide your own request. Someone else has to.',
  },
  'approval.arguments-changed': {
    status: 409,
    retryable: false,
    refusal: true,
    text: 'The values of this request aren’t the ones you saw. Load the page again.',
  },
  'approval.values-invalid': {
    status: 422,
    retryable: false,
    refusal: true,
    text: 'Some answers need your attention.',
  },
  'approval.invalid': {
    status: 409,
    retryable: false,
    refusal: true,
    text: 'This approval doesn’t match the call. Request a new one.',
  },
  'approval.not-found': { status: 404, retryable: false, refusal: true, text: 'Approval not found.' },
  'approval.expired': {
    status: 410,
    retryable: false,
    refusal: true,
    text: 'This approval request has expired. Request a new one.',
  },
} as const satisfies Record<string, ErrorEntry>;
