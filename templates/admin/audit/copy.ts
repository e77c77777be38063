import { countText } from '../../ui/format.ts';

/** Every sentence of the audit log. */
export const auditCopy = {
  purpose: 'Who did what, when, to what, and the outcome. Entries can be added, never changed.',
  exportCsv: 'Export CSV',
  exportJsonl: 'Export JSONL',
  search: 'Find by id',
  outcomes: { success: 'Done', failure: 'Failed', denied: 'Denied' },
  seal: {
    last: 'Last sealed',
    checkpoint: 'Checkpoint',
    waiting: 'Entries not sealed yet',
    key: 'Signing key',
    never: 'Not yet',
    download: 'Download checkpoints',
    keep: 'Keep the checkpoints outside this database. They show if the end of the log is ever removed.',
    overdue:
      'New entries haven’t been sealed for more than 10 minutes. They’re recorded, but not signed. Check that a worker is running.',
    changed: (chains: number) =>
      `${countText(chains, 'chain was', 'chains were')} changed after being sealed. Verify the log and back up the database now.`,
    attention: {
      overdue: 'The audit log hasn’t been sealed for more than 10 minutes.',
      changed: 'Sealed entries of the audit log were changed or removed.',
      button: 'View audit log',
    },
    checked: {
      title: 'Checkpoints',
      otherKeys: (keys: readonly string[]) => `Some were signed with another key: ${keys.join(', ')}`,
      broken: (number: number, problem: string, chain: string | null) =>
        `Checkpoint ${number}: ${chain ? `${chain}, ` : ''}${problem}`,
    },
  },
  empty: { title: 'No entries yet', text: 'Every sign-in and every change appears here.' },
  verify: {
    title: 'Log integrity',
    idle: 'Each entry carries a hash of the one before it. Every minute a signed checkpoint seals new entries. A check finds any entry that was changed or removed.',
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

/** Every sentence of the access log. */
export const accessLogCopy = {
  title: 'Access log',
  purpose: 'Sign-ins, refused attempts, ended sessions and administration, with person, address and device.',
  outside: 'Someone outside your clients',
} as const;
