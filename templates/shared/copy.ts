/** What people read about saved views of a list. */
export const viewCopy = {
  yours: 'Your views',
  cancel: 'Cancel',
  name: 'Name',
  nameHelp: 'Only you see your views. They save filters and sort order, not what is in the list.',
  openSave: 'Save view…',
  saveTitle: 'Save these filters as a view',
  save: 'Save view',
  openRename: 'Rename…',
  renameTitle: (name: string) => `Rename view “${name}”`,
  rename: 'Rename view',
  remove: 'Remove',
  removeNamed: (name: string) => `Remove view ${name}`,
  saved: (name: string) => `View “${name}” saved.`,
  renamed: (name: string) => `View renamed to “${name}”.`,
  removed: 'View removed. Nothing in the list was changed.',
  nothingToSave: 'Choose a filter or sort order first. This view shows the whole list.',
} as const;
