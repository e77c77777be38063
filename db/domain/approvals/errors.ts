import type { ErrorEntry } from '../error-entry.ts';

export const approvalsErrors = {
  'approval.required': {
    status: 409,
    retryable: false,
    refusal: true,
    text: 'This call needs approval first.',
  },
  'approval.denied': { status: 409, retryable: false, refusal: true, text: 'This call was denied.' },
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
