import type { ErrorEntry } from '../error-entry.ts';

export const peopleErrors = {
  'user.not-found': { status: 404, retryable: false, text: 'Person not found.' },
  'user.email-taken': {
    status: 409,
    retryable: false,
    refusal: true,
    text: 'This email address already has an account. Sign in instead.',
  },
  'user.already-confirmed': {
    status: 409,
    retryable: false,
    refusal: true,
    text: 'This address is already confirmed.',
  },
  'user.already-member': {
    status: 409,
    retryable: false,
    refusal: true,
    text: 'This person is already a member.',
  },
  'user.platform-account': {
    status: 409,
    retryable: false,
    refusal: true,
    text: 'This address belongs to an account that manages the platform, which can’t join a team.',
  },
  'member.own-role': {
    status: 409,
    retryable: false,
    refusal: true,
    text: 'You can’t change your own role or remove yourself.',
  },
  'member.last-owner': {
    status: 409,
    retryable: false,
    refusal: true,
    text: 'A business needs at least one owner.',
  },
  'invitation.not-found': { status: 404, retryable: false, refusal: true, text: 'Invitation not found.' },
  'invitation.pending': {
    status: 409,
    retryable: false,
    refusal: true,
    text: 'This person already has an invitation.',
  },
  'invitation.other-account': {
    status: 409,
    retryable: false,
    refusal: true,
    text: 'This invitation is for another account. Sign out, then open the link again.',
  },
  'invitation.ended': {
    status: 410,
    retryable: false,
    refusal: true,
    text: 'This invitation is no longer valid. Ask for a new one.',
  },
} as const satisfies Record<string, ErrorEntry>;
