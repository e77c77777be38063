/** Names and helpers that rows of several lists are made of. */
export const names = [
  'Rivera Bakery',
  'Nordlicht Yoga',
  'Atelier Nuit',
  'Kaito Coffee Roasters',
  'Brandt & Söhne Metallbau',
  'Blue Harbour Dental',
  'Casa Verde Landscaping',
];
export const people = [
  'Lucía Rivera',
  'Jonas Brandt',
  'Amélie Laurent',
  'Kaito Mori',
  'Priya Nair',
  'Tom Fletcher',
];
export const pick = <T>(list: readonly T[], index: number): T => list[index % list.length]!;
export const idOf = (prefix: string, index: number) =>
  `${prefix}_01k9v2b4x7m3q8s5t0w6y1z${String(index).padStart(3, '0')}`;
export const rows = <T>(count: number, make: (index: number) => T): T[] =>
  Array.from({ length: count }, (_, index) => make(index));
export const tenantAt = (index: number) => ({ id: idOf('ten', index), name: pick(names, index) });
