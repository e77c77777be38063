import type { ErrorEntry } from '../error-entry.ts';

export const settingsErrors = {
  'mail.undeliverable': { status: 503, retryable: true, text: 'The mail server isn’t responding.' },
  'mail.refused': {
    status: 422,
    retryable: false,
    text: 'The mail server rejected this email. Check the address.',
  },
  'secret.unreadable': { status: 500, retryable: false, text: 'A stored secret couldn’t be decrypted.' },
  'setting.not-here': {
    status: 422,
    retryable: false,
    refusal: true,
    text: 'This setting can’t be set here.',
  },
} as const satisfies Record<string, ErrorEntry>;
