import type { ErrorEntry } from '../error-entry.ts';

export const tenantsErrors = {
  'tenant.not-found': { status: 404, retryable: false, text: 'There is no such tenant.' },
  'tenant.name-taken': {
    status: 409,
    retryable: false,
    text: 'A business with this name has already signed up. Choose another name or sign in.',
  },
  'view.not-found': { status: 404, retryable: false, text: 'There is no such view.' },
  'view.name-taken': { status: 409, retryable: false, text: 'You have a view of this name already.' },
  'view.limit-reached': {
    status: 409,
    retryable: false,
    text: 'You have as many views as fit. Remove one first.',
  },
} as const satisfies Record<string, ErrorEntry>;
