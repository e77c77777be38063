import type { TenantRole } from '../../db/domain/roles.ts';

/** What people read about the role, features and access of a member, in the team and in the directory. */
export const membershipCopy = {
  roles: {
    owner: 'Owner: full access, including billing',
    admin: 'Admin: full access, including billing',
    member: 'Member: can see the workspace and the team',
  } satisfies Record<TenantRole, string>,
  custom: (name: string, base: string) => `${name}: custom role, based on ${base}`,
  role: { title: 'Role', label: 'Role', submit: 'Save role' },
  features: {
    title: 'Features',
    note: 'A feature that’s off is hidden from this person and refused everywhere, whatever the role allows.',
    label: 'What this person can use',
    submit: 'Save features',
  },
  suspend: {
    open: 'Suspend…',
    title: (name: string) => `Suspend ${name}?`,
    happens: (name: string, business: string) =>
      `${name} is signed out of ${business} immediately and can’t sign in to it.`,
    stays: 'Role, features and history are kept. You can restore access at any time.',
    submit: 'Suspend access',
  },
  reactivate: {
    open: 'Restore access…',
    title: (name: string) => `Restore access for ${name}?`,
    happens: (name: string, business: string) => `${name} can sign in to ${business} again.`,
    stays: 'Role and features are as they were.',
    submit: 'Restore access',
  },
  done: {
    role: 'Role saved. It’s already in effect.',
    features: 'Features saved. They’re already in effect.',
    suspend: 'Access suspended. Open sessions were ended.',
    reactivate: 'Access restored.',
  },
  suspended: 'Access is suspended: this person can’t sign in here.',
} as const;
