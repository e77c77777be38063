import { z } from 'zod';
import { reason, text } from '../common.ts';
import { idPattern } from '../ids.ts';

/** How long a view lasts, in minutes. */
export const viewMinutes = { min: 1, max: 60, usual: 15 } as const;
/** How long after its start a view can be opened, in seconds. */
export const openWithinS = 60;

/** Why a view ended, each with what people read. */
export const viewEnds = {
  expired: 'Time was up',
  ended: 'Ended by the administrator who viewed',
  revoked: 'Revoked by an administrator',
  'not-opened': 'Never opened',
  'session-ended': 'Sessions ended',
  'password-reset': 'Password reset',
  'access-lost': 'The administrator lost access',
  'role-changed': 'The person’s role on the platform changed',
  suspended: 'The person was suspended',
  removed: 'The person left the business',
  frozen: 'The business was frozen',
  'support-access-off': 'Support access turned off',
} as const;
export type ViewEnd = keyof typeof viewEnds;

/** `read`: nothing can be changed. */
export const viewModes = ['read', 'change'] as const;
export type ViewMode = (typeof viewModes)[number];

const minutes = z.coerce
  .number('Enter a number of minutes.')
  .int('Enter whole minutes.')
  .min(viewMinutes.min, `At least ${viewMinutes.min}.`)
  .max(viewMinutes.max, `At most ${viewMinutes.max}.`);

/** What an administrator says to view the portal as a person. */
export const viewRequest = z.strictObject({
  reason,
  ticket: text(100, 0).optional(),
  minutes: minutes.default(viewMinutes.usual),
  mode: z.enum(viewModes).default('read'),
  /** Where the person belongs to several; the one joined last without it. */
  tenantId: z.string().regex(idPattern('tenant')).optional(),
});
export type ViewRequest = z.output<typeof viewRequest>;

/** A view as another person, as its row tells. */
export interface Impersonation {
  id: string;
  userId: string;
  adminId: string;
  tenantId: string;
  reason: string;
  ticket: string | null;
  mode: ViewMode;
  startedAt: Date;
  expiresAt: Date;
  openedAt: Date | null;
  /** Also where the end is not recorded yet: at its expiry, by the clock of the database. */
  endedAt: Date | null;
  /** The id of who ended it; null where time did. */
  endedBy: string | null;
  endReason: ViewEnd | null;
  isCertified: boolean;
  userName: string;
  adminName: string;
  tenantName: string;
  endedByName: string | null;
}
