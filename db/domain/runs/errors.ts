import type { ErrorEntry } from '../error-entry.ts';

export const runsErrors = {
  'run.not-found': { status: 404, retryable: false, text: 'There is no such run.' },
  'run.ended': { status: 409, retryable: false, text: 'This process has ended; it takes no more actions.' },
  'run.conflict': { status: 409, retryable: false, text: 'This process is already running.' },
  'process.not-found': { status: 404, retryable: false, text: 'There is no such process.' },
  'process.timeout': {
    status: 503,
    retryable: true,
    text: 'This takes longer than usual. Nothing is lost; look again in a moment.',
  },
  'step.not-found': { status: 404, retryable: false, text: 'There is no such step.' },
  'step.not-open': {
    status: 409,
    retryable: false,
    text: 'This step cannot be done now. Finish the steps before it first.',
  },
  'step.not-skippable': { status: 409, retryable: false, text: 'This step cannot be skipped.' },
} as const satisfies Record<string, ErrorEntry>;
