/** Every sentence of the team page. */
export const teamCopy = {
  title: 'Team',
  roles: 'Custom roles',
  purpose: 'Who can sign in to this workspace and what they can do.',
  invited: (email: string) => `Invitation sent to ${email}.`,
  withdrawn: 'Invitation revoked. Its link no longer works.',
  resent: 'Invitation sent again. It still expires on the same day.',
  invite: 'Invite a person',
  checklist: 'Invite your team',
  inviteHelp:
    'They get an email with a link and choose their own password. You can withdraw the invitation until they accept it.',
  withdraw: {
    label: (email: string) => `Withdraw the invitation of ${email}`,
    title: (email: string) => `Withdraw the invitation of ${email}?`,
    text: 'Its link stops working immediately. You can invite them again at any time.',
  },
  resendLabel: (email: string) => `Resend the invitation of ${email}`,
  linkLabel: (email: string) => `Copy a link for ${email}`,
  noInvitations: {
    title: 'No pending invitations',
    text: 'Invitations are listed here until they’re accepted.',
  },
} as const;

/** Every sentence of the page that shows the link of an invitation. */
export const invitationLinkCopy = {
  title: 'Invitation link',
  purpose: (email: string) => `A new link for ${email}. Links you sent before no longer work.`,
  once: 'Copy it now: it’s shown only once. Anyone who has it can join with this invitation.',
  label: 'Link',
} as const;

/** Every sentence of the page of a team member. */
export const memberCopy = {
  purpose: (business: string) => `What this person can do in ${business}.`,
  own: 'This is you. Another owner can change your role or remove you.',
  ownerOnly: 'Only an owner can change who is an owner.',
  role: { done: (name: string) => `Role of ${name} saved.` },
  features: {
    done: (name: string) => `Features of ${name} saved.`,
    higher: 'You can switch features only for people with a lower role than yours.',
  },
  suspend: { done: (name: string) => `Access of ${name} suspended. Open sessions were ended.` },
  reactivate: { done: (name: string) => `Access of ${name} restored.` },
  remove: {
    title: (name: string) => `Remove ${name}?`,
    open: 'Remove from team…',
    happens: (name: string, business: string) =>
      `${name} loses access to ${business} immediately, is signed out everywhere and gets an email. Requests of theirs that wait for approval are denied.`,
    stays: 'What they did stays in the audit log. You can invite them again. You get a receipt by email.',
    heir: 'Hand over to',
    heirHelp: 'Gets the invitations they sent, and ownership if they are an owner.',
    you: 'You',
    submit: 'Remove from team',
    done: (name: string) => `${name} was removed and signed out.`,
  },
  transfer: {
    title: (name: string) => `Make ${name} the owner?`,
    open: 'Hand over ownership…',
    happens: (name: string, business: string) =>
      `${name} becomes the owner of ${business}. You become an admin and can’t undo this; only the new owner can. You both get an email.`,
    confirm: (business: string) => `Type “${business}” to confirm`,
    wrong: (business: string) => `Type ${business} exactly as shown.`,
    submit: 'Hand over ownership',
    done: (name: string) => `${name} is now the owner. You’re an admin.`,
  },
} as const;
