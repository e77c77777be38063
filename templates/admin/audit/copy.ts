import { countText } from '../../ui/format.ts';

/** Every sentence of the audit log. */
export const auditCopy = {
  purpose: 'Who did what, when, to what, and the outcome. Entries can be added, never changed.',
  export: 'Export CSV',
  empty: { title: 'No entries yet', text: 'Every sign-in and every change appears here.' },
  verify: {
    title: 'Log integrity',
    idle: 'Each entry carries a hash of the one before it. A check finds any entry that was changed or removed.',
    intact: (entries: number, chains: number) =>
      `Checked ${countText(entries, 'entry', 'entries')} in ${countText(chains, 'chain', 'chains')}. None was changed.`,
    broken: (chains: number) =>
      `${countText(chains, 'chain was', 'chains were')} tampered with. Back up the database now, before you do anything else.`,
    more: (chains: number) => `And ${countText(chains, 'more chain', 'more chains')}.`,
  },
} as const;

/** Every sentence of the data retention page. */
export const retentionCopy = {
  purpose: 'Old records are removed every night. The audit log, invoices and payments are kept.',
  sameNight: 'Removed the next night',
  failed: 'Some records couldn’t be removed last night. No data was lost; the next run tries again.',
  failedRules: (titles: readonly string[]) => `Not removed: ${titles.join(', ')}`,
  empty: { title: 'Nothing was removed yet', text: 'The first purge runs tonight.' },
} as const;
