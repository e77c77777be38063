import type { ErrorEntry } from '../error-entry.ts';

export const approvalsErrors = {
  'approval.required': {
    status: 409,
    retryable: false,
    text: 'A person has to approve this first.',
  },
  'approval.denied': { status: 409, retryable: false, text: 'This call was not approved.' },
  'approval.invalid': {
    status: 409,
    retryable: false,
    text: 'This approval is not good for this call. Ask for a new one.',
  },
  'approval.not-found': { status: 404, retryable: false, text: 'There is no such approval.' },
  'approval.expired': {
    status: 410,
    retryable: false,
    text: 'This request was not decided in time. It has to be asked again.',
  },
} as const satisfies Record<string, ErrorEntry>;
