import { fingerprintOf } from '../fingerprint.ts';

export const approvalStatuses = ['pending', 'approved', 'declined', 'used', 'expired', 'withdrawn'] as const;
export type ApprovalStatus = (typeof approvalStatuses)[number];

/**
 * How a request stands, as people are told: an approval that was used up is not yet something that was done. `outcome`
 * is that of the call: `ok` or a code of the error table.
 */
export function approvalStateOf({
  status,
  outcome,
}: {
  status: ApprovalStatus;
  outcome: string | null;
}): ApprovalStatus | 'failed' | 'unknown' {
  if (status !== 'used' || outcome === 'ok') return status;
  if (outcome === null) return 'approved';
  return outcome === 'tool.outcome-unknown' ? 'unknown' : 'failed';
}

/** Fingerprint of the arguments of a call; an approval is good for these and no others. 64 hexadecimal digits. */
export function argumentsHash(args: Readonly<Record<string, unknown>>): Promise<string> {
  return fingerprintOf(args);
}
