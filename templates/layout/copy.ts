/** Every sentence of the banner of a view as another person. */
export const viewBannerCopy = {
  whose: (person: string) => `You’re viewing as ${person}.`,
  by: (admin: string) => `Signed in as ${admin}.`,
  mode: { read: 'You can look, but not change anything.', change: 'Your changes are made in their name.' },
  minutes: (count: number) => `${count} min left`,
  until: 'until',
  end: 'End view',
} as const;

/** Banners above every page of those whose work is held by a freeze. */
export const freezeBannerCopy = {
  client: 'Your business is frozen. Emails and changes at connected services are held until it’s unfrozen.',
  platform: 'The platform is frozen. Emails and changes at connected services are held for every tenant.',
  see: 'Open freeze',
} as const;

/** Banners above every page of a business with an unpaid invoice. */
export const unpaidBannerCopy = {
  restricted: 'A payment is overdue. You can read everything, but nothing can be changed until it’s paid.',
  suspended: 'A payment is overdue, so your business is suspended until it’s paid.',
  pay: 'Open billing',
} as const;
