/** What people read about saved views of the list of tenants. */
export const viewCopy = {
  saved: (name: string) => `View “${name}” saved.`,
  renamed: (name: string) => `View renamed to “${name}”.`,
  removed: 'View removed. No tenant was changed.',
  nothingToSave: 'Choose a filter or an order first. This view shows the whole list.',
} as const;
