export interface Figure {
  what: string;
  /** As measured, with its unit. */
  measured: string;
  bar: string;
  met: boolean;
}

export function median(values: readonly number[]): number {
  return percentile(values, 0.5);
}

export function percentile(values: readonly number[], share: number): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.ceil(share * sorted.length) - 1)] ?? Number.NaN;
}

export function printTable(figures: readonly Figure[]): void {
  const rows = [
    ['what', 'measured', 'bar', ''],
    ...figures.map(({ what, measured, bar, met }) => [what, measured, bar, met ? 'ok' : 'MISSED']),
  ];
  const widths = [0, 1, 2].map((column) => Math.max(...rows.map((row) => row[column]?.length ?? 0)));
  for (const row of rows)
    console.log(
      row
        .map((cell, column) => cell.padEnd(widths[column] ?? 0))
        .join('  ')
        .trimEnd(),
    );
}
