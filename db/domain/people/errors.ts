import type { ErrorEntry } from '../error-entry.ts';

export const peopleErrors = {
  'user.not-found': { status: 404, retryable: false, text: 'Person not found.' },
  'user.email-taken': {
    status: 409,
    retryable: false,
    text: 'This email address already has an account. Sign in instead.',
  },
  'user.already-member': { status: 409, retryable: false, text: 'This person is already a member.' },
  'invitation.not-found': { status: 404, retryable: false, text: 'Invitation not found.' },
  'invitation.pending': { status: 409, retryable: false, text: 'This person already has an invitation.' },
  'invitation.ended': {
    status: 410,
    retryable: false,
    text: 'This invitation is no longer valid. Ask for a new one.',
  },
} as const satisfies Record<string, ErrorEntry>;
