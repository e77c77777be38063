const plurals = new Intl.PluralRules('en');

/** The form of a word that goes with a count: `pluralText(1, 'is', 'are')` is "is". The sentences are English. */
export function pluralText(count: number, one: string, many: string): string {
  return plurals.select(count) === 'one' ? one : many;
}

/** "3 people", "1 person"; figures of pages are written by `countText` of templates/ui/format. */
export const plainCount = (count: number, one: string, many: string): string =>
  `${count} ${pluralText(count, one, many)}`;
