import type { ErrorEntry } from '../error-entry.ts';

export const tenantsErrors = {
  'tenant.not-found': { status: 404, retryable: false, text: 'Tenant not found.' },
  'tenant.name-taken': {
    status: 409,
    retryable: false,
    refusal: true,
    text: 'A business with this name already exists. Choose another name or sign in.',
  },
  'partner.link-invalid': {
    status: 410,
    retryable: false,
    text: 'This sign-up link no longer works. Ask the partner who sent it for a new one.',
  },
  'setup.finished': { status: 409, retryable: false, text: 'Setup is finished.' },
  'setup.not-waiting': { status: 409, retryable: false, text: 'Nothing is waiting for the owner.' },
  'tenant.frozen': {
    status: 409,
    retryable: false,
    refusal: true,
    text: 'This business is frozen, so nothing is sent out for it. Held work continues when it’s unfrozen.',
  },
  'freeze.skipped': {
    status: 409,
    retryable: false,
    refusal: true,
    text: 'This call was held by a freeze and skipped when that ended. Nothing was sent.',
  },
  'view.not-found': { status: 404, retryable: false, refusal: true, text: 'View not found.' },
  'view.name-taken': {
    status: 409,
    retryable: false,
    refusal: true,
    text: 'You already have a view with this name.',
  },
  'view.limit-reached': {
    status: 409,
    retryable: false,
    refusal: true,
    text: 'You’ve reached the limit for saved views. Remove one first.',
  },
} as const satisfies Record<string, ErrorEntry>;
