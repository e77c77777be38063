/** Every sentence of the help page. */
export const helpCopy = {
  title: 'Help',
  purpose: 'What you can do here, how to do it quickly, and what changed.',
  actions: 'What you can do',
  actionsText: 'Press Ctrl K (⌘ K on a Mac) on any page to find these, or any record.',
  status: 'Status',
  statusText: 'Whether every part of the platform works right now.',
  viewStatus: 'View status',
  whatsNew: 'What’s new',
} as const;

/** Changes people notice, the newest first. */
export const changes: readonly { on: string; title: string; text: string }[] = [
  {
    on: '2026-11-28',
    title: 'Find actions, not only pages',
    text: 'Search now finds what you can do, such as inviting a person or connecting an integration, and records by their id.',
  },
  {
    on: '2026-11-28',
    title: 'Groups in the navigation',
    text: 'Pages are grouped by job. Fold a group you don’t need; it stays folded.',
  },
];
