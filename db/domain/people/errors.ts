import type { ErrorEntry } from '../error-entry.ts';

export const peopleErrors = {
  'user.not-found': { status: 404, retryable: false, text: 'There is no such person.' },
  'user.email-taken': {
    status: 409,
    retryable: false,
    text: 'This e-mail address already has an account. Sign in instead.',
  },
  'user.already-member': { status: 409, retryable: false, text: 'This person is already in the team.' },
  'invitation.not-found': { status: 404, retryable: false, text: 'There is no such invitation.' },
  'invitation.pending': { status: 409, retryable: false, text: 'This person has already been invited.' },
  'invitation.ended': {
    status: 410,
    retryable: false,
    text: 'This invitation has ended. Ask for a new one.',
  },
} as const satisfies Record<string, ErrorEntry>;
