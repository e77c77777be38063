/** Every sentence of the people page. */
export const peopleCopy = {
  purpose: 'Everyone who can sign in, their tenant and their role.',
  search: 'Search by name, email or tenant',
  empty: { title: 'No people yet', text: 'People appear here when they sign up or accept an invitation.' },
} as const;
