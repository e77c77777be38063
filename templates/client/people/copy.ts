import type { TenantRole } from '../../../db/domain/roles.ts';

/** Every sentence of the team page. */
export const teamCopy = {
  purpose: 'Who can sign in to this workspace and what they can do.',
  invited: (email: string) => `Invitation sent to ${email}.`,
  withdrawn: 'Invitation revoked. Its link no longer works.',
  invite: 'Invite a person',
  checklist: 'Invite your team',
  inviteHelp:
    'They get an email with a link and choose their own password. You can withdraw the invitation until they accept it.',
  withdrawLabel: (email: string) => `Withdraw the invitation of ${email}`,
  noInvitations: {
    title: 'No pending invitations',
    text: 'Invitations are listed here until they’re accepted.',
  },
  roles: {
    owner: 'Owner: full access, including billing',
    admin: 'Admin: full access, including billing',
    member: 'Member: can see the workspace and the team',
  } satisfies Record<TenantRole, string>,
} as const;
