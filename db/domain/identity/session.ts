/** Why a session ended, each with what people read. */
export const sessionEnds = {
  'signed-out': 'Signed out',
  'signed-out-others': 'Signed out from another device',
  revoked: 'Ended by an administrator',
  'password-changed': 'Password changed',
  'password-reset': 'Password reset',
  removed: 'Removed from the business',
  suspended: 'Account suspended',
  offboarded: 'Left',
  replaced: 'Someone else signed in',
  'view-ended': 'View ended',
} as const;
export type SessionEnd = keyof typeof sessionEnds;
