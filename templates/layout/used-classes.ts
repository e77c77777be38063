/**
 * Names in a source text that can be classes: words of the string literals that hold nothing but such words. Prose,
 * identifiers and comments don't count, so that a sentence about a "card" keeps no style alive.
 */
export function classesIn(text: string): string[] {
  const literals = [...text.matchAll(/'([^'\n]*)'|"([^"\n]*)"|`([^`]*)`/g)];
  const words = literals.map(([, single, double, template]) =>
    (single ?? double ?? template ?? '')
      .replace(/\$\{[^}]*\}/g, ' ')
      .trim()
      .split(/\s+/),
  );
  return words.filter((list) => list.every((word) => /^[a-z][\w-]*$/.test(word))).flat();
}
