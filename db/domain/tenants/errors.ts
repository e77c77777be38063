import type { ErrorEntry } from '../error-entry.ts';

export const tenantsErrors = {
  'tenant.not-found': { status: 404, retryable: false, text: 'Tenant not found.' },
  'tenant.name-taken': {
    status: 409,
    retryable: false,
    text: 'A business with this name already exists. Choose another name or sign in.',
  },
  'view.not-found': { status: 404, retryable: false, text: 'View not found.' },
  'view.name-taken': { status: 409, retryable: false, text: 'You already have a view with this name.' },
  'view.limit-reached': {
    status: 409,
    retryable: false,
    text: 'You’ve reached the limit for saved views. Remove one first.',
  },
} as const satisfies Record<string, ErrorEntry>;
