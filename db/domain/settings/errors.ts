import type { ErrorEntry } from '../error-entry.ts';

export const settingsErrors = {
  'mail.undeliverable': { status: 503, retryable: true, text: 'The mail server does not answer.' },
  'mail.refused': {
    status: 422,
    retryable: false,
    text: 'The mail server refused this mail. Check the e-mail address.',
  },
  'secret.unreadable': { status: 500, retryable: false, text: 'A stored secret could not be opened.' },
} as const satisfies Record<string, ErrorEntry>;
