/** Every sentence of the people page. */
export const peopleCopy = {
  title: 'People',
  purpose: 'Everyone who can sign in, their tenant and their role.',
  partnerPurpose: 'Everyone who can sign in at your clients, and their role.',
  search: 'Search by name, email or tenant',
  empty: { title: 'No people yet', text: 'People appear here when they sign up or accept an invitation.' },
  allViews: 'All people',
  name: 'Name',
  email: 'Email',
  tenant: 'Tenant',
  role: 'Role',
  state: 'State',
  secondFactor: 'Second factor',
  on: 'On',
  off: 'Off',
  lastSeen: 'Last seen',
  never: 'Never',
  platform: 'The platform',
  noTenant: 'None',
  noRole: 'None',
  more: (count: number) => ` and ${count} more`,
  select: (name: string) => `Select ${name}`,
  seen: {
    'within-7': 'In the last 7 days',
    'within-30': 'In the last 30 days',
    'before-30': 'Not for 30 days',
    'before-90': 'Not for 90 days',
    never: 'Never',
  },
  states: { active: 'Active', unconfirmed: 'Email not confirmed', suspended: 'Suspended' },
} as const;

/** Every sentence of the page of a person. */
export const personCopy = {
  sections: 'Sections of this person',
  tabs: { memberships: 'Memberships' },
  email: 'Email',
  account: 'Account',
  partner: 'Partner',
  lastSignIn: 'Last sign-in',
  lastSeen: 'Last seen',
  created: 'Account created',
  id: 'ID',
  neverSignedIn: 'Never',
  viewAs: 'View as…',
  resend: {
    open: 'Resend confirmation…',
    title: (name: string) => `Send ${name} a new confirmation link?`,
    happens: (email: string) => `${email} gets an email with a new link.`,
    stays: 'Links sent before still work until they expire.',
    submit: 'Send email',
    done: (email: string) => `Confirmation email sent to ${email}.`,
  },
  offboard: {
    open: 'Offboard…',
    title: (name: string, tenant: string) => `Take ${name} out of ${tenant}?`,
    happens: 'Access ends at once, requests that wait for approval are denied, and the person gets an email.',
    stays: 'What the person did stays in the audit log. You get a receipt by email.',
    heir: 'Hand over to',
    anOwner: 'An owner',
    submit: 'Offboard',
    done: (name: string) => `${name} was taken out of the tenant and signed out.`,
  },
  role: {
    open: 'Change account…',
    title: (name: string) => `Change the account of ${name}`,
    happens:
      'A super admin manages the whole platform, a partner looks after its clients, and a client works in the businesses they belong to.',
    stays: 'It takes effect with the next click. Memberships are kept, and count only for a client.',
    noTenants:
      'This person belongs to no tenant: as a client they can’t sign in until they’re invited to one.',
    label: 'Account',
    partner: 'Partner',
    partnerHelp: 'Only for a partner account.',
    choosePartner: 'Choose a partner',
    submit: 'Change account',
    done: 'Account changed. It’s already in effect.',
  },
  suspend: {
    open: 'Suspend…',
    title: (name: string) => `Suspend ${name}?`,
    happens: (name: string) =>
      `${name} is signed out everywhere immediately and can’t sign in to any tenant.`,
    stays: 'Nothing is deleted. You can reactivate the account at any time.',
    submit: 'Suspend account',
    done: 'Account suspended. All sessions were ended.',
  },
  reactivate: {
    open: 'Reactivate…',
    title: (name: string) => `Reactivate ${name}?`,
    happens: (name: string) => `${name} can sign in again.`,
    stays: 'Roles and memberships are as they were.',
    submit: 'Reactivate account',
    done: 'Account reactivated.',
  },
  memberships: {
    title: 'Tenants',
    tenant: 'Tenant',
    role: 'Role',
    access: 'Access',
    off: 'Switched off',
    nothingOff: 'Nothing',
    change: (tenant: string) => `Change in ${tenant}`,
    edit: 'Change',
    none: 'This person belongs to no tenant.',
  },
} as const;

/** Every sentence of the activity of a person. */
export const activityCopy = {
  title: 'Activity',
  note: 'Everything this person did, everything done to their account, and what was done in views as them.',
  by: (who: string) => `by ${who}`,
  via: (who: string) => `${who} viewing as this person`,
  asOther: (who: string) => `viewing as ${who}`,
  action: 'Action',
  from: 'From',
  to: 'To',
  csv: 'Export CSV',
  jsonl: 'Export JSONL',
  what: 'activity',
  empty: { title: 'No activity yet', text: 'Sign-ins and changes appear here.' },
} as const;

/** Every sentence of the security of a person. */
export const securityCopy = {
  title: 'Security',
  sessions: 'View sessions',
  secondFactor: 'Second factor',
  on: 'On',
  off: 'Off',
  email: 'Email confirmed',
  notConfirmed: 'Not confirmed',
  lastSignIn: 'Last sign-in',
  lastSeen: 'Last seen',
  never: 'Never',
  suspended: 'This account is suspended: no session can be opened.',
  unprotected:
    'This account manages the platform without a second factor. A stolen password is enough to use it.',
  remove: {
    open: 'Remove second factor…',
    title: (name: string) => `Remove the second factor of ${name}?`,
    happens:
      'The authenticator app and all backup codes stop working, and all sessions end at once. The password alone signs this person in until they add a new second factor. They get an email.',
    stays:
      'Make sure that it’s really them who asks: call a number that you know. Your name and the reason are in the audit log.',
    submit: 'Remove second factor',
    done: 'Second factor removed. All sessions have ended.',
    missing: 'This person has no second factor.',
  },
} as const;

/** Every sentence of the page of a membership. */
export const membershipPageCopy = {
  title: (person: string, tenant: string) => `${person} in ${tenant}`,
  purpose:
    'Role, features and access in this tenant. Changes take effect immediately and are recorded with your reason.',
  customRoles: 'Custom roles of the tenant',
  keep: 'Keep as it is',
} as const;

/** What a tenant’s people tab says beside the list. */
export const tenantPeopleCopy = { roles: 'Custom roles' } as const;
