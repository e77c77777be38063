import type { RuntimeInfo } from './runtime-file.ts';

/** The block a person reads when everything runs. */
export function banner(info: RuntimeInfo, dataDir: string, elapsedMs: number): string {
  const places = [
    ['Portal', info.urls.portal],
    ['Mailbox', info.urls.mailbox],
    ['Payment sandbox', info.urls.paymentSandbox],
    ['Temporal', info.urls.temporal],
    ['Data', dataDir],
  ];
  const signIns = info.signIns.map(({ role, email, password }) => [role, email, password]);
  return [
    '',
    `BizOSaaS is ready (${(elapsedMs / 1000).toFixed(1)} s).`,
    '',
    ...columns(places),
    ...(signIns.length > 0 ? ['', ...columns([['Sign in as', 'Email', 'Password'], ...signIns])] : []),
    '',
    'Ctrl-C stops everything.',
    '',
  ].join('\n');
}

function columns(rows: readonly (readonly string[])[]): string[] {
  const width = (column: number) => Math.max(...rows.map((row) => row[column]?.length ?? 0));
  const widths = (rows[0] ?? []).map((_, column) => width(column));
  return rows.map((row) =>
    `  ${row.map((cell, column) => cell.padEnd(widths[column] ?? 0)).join('   ')}`.trimEnd(),
  );
}
