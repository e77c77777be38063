import type { ErrorEntry } from '../error-entry.ts';

export const runsErrors = {
  'run.not-found': { status: 404, retryable: false, refusal: true, text: 'Run not found.' },
  'run.ended': {
    status: 409,
    retryable: false,
    refusal: true,
    text: 'This process has ended. You can’t change it.',
  },
  'run.conflict': { status: 409, retryable: false, refusal: true, text: 'This process is already running.' },
  'process.not-found': { status: 404, retryable: false, refusal: true, text: 'Process not found.' },
  'process.timeout': {
    status: 503,
    retryable: true,
    text: 'This is taking longer than usual. Nothing was lost. Check again in a moment.',
  },
  'step.not-found': { status: 404, retryable: false, refusal: true, text: 'Step not found.' },
  'step.not-open': {
    status: 409,
    retryable: false,
    refusal: true,
    text: 'This step isn’t open yet. Finish the earlier steps first.',
  },
  'step.not-skippable': { status: 409, retryable: false, refusal: true, text: 'You can’t skip this step.' },
} as const satisfies Record<string, ErrorEntry>;
