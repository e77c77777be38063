/** What people read when a form could not be taken, whatever it is for. */
export const formCopy = {
  signInAgain: 'Your session has ended. Sign in to continue where you were.',
  signInAgainNothingKept:
    'Your session has ended. Sign in again; what you entered in the form couldn’t be kept.',
  restored: 'You’re signed in again. Check what you entered and send it again.',
  confirmed: 'Thank you. Check what you entered and send it again.',
  confirmNothingKept: 'What you entered in the form couldn’t be kept. Enter it again afterwards.',
} as const;
