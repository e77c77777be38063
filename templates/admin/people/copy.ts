/** Every sentence of the people page. */
export const peopleCopy = {
  purpose: 'Everyone who can sign in, their tenant and their role.',
  partnerPurpose: 'Everyone who can sign in at your clients, and their role.',
  search: 'Search by name, email or tenant',
  export: 'Export CSV',
  empty: { title: 'No people yet', text: 'People appear here when they sign up or accept an invitation.' },
} as const;

/** Every sentence of the page of a person. */
export const personCopy = {
  by: (who: string) => `by ${who}`,
  neverSignedIn: 'Never',
  platform: 'The platform',
  resend: {
    open: 'Resend confirmation…',
    title: (name: string) => `Send ${name} a new confirmation link?`,
    happens: (email: string) => `${email} gets an email with a new link.`,
    stays: 'Links sent before still work until they expire.',
    submit: 'Send email',
    done: (email: string) => `Confirmation email sent to ${email}.`,
  },
  activity: {
    title: 'Activity',
    note: 'What this person did, and what was done to their account.',
    empty: { title: 'No activity yet', text: 'Sign-ins and changes appear here.' },
  },
  noTenants: 'This person belongs to no tenant.',
} as const;
