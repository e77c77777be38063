// @ts-check

/**
 * Something the palette leads to.
 * @typedef {{ title: string, subtitle?: string, href: string }} Place
 */

const key = 'palette-recent';
const most = 8;

/**
 * Storage holds what anybody wrote there, so an address has to be one of ours.
 * @param {unknown} item
 * @returns {item is Place}
 */
function isPlace(item) {
  if (typeof item !== 'object' || item === null || !('href' in item)) return false;
  return typeof item.href === 'string' && item.href.startsWith('/');
}

/**
 * What was opened lately, the last one first.
 * @returns {Place[]}
 */
export function recentPlaces() {
  try {
    /** @type {unknown} */
    const found = JSON.parse(localStorage.getItem(key) ?? '[]');
    return Array.isArray(found) ? found.filter(isPlace) : [];
  } catch {
    return [];
  }
}

/** @param {Place} place */
export function remember(place) {
  try {
    const others = recentPlaces().filter(({ href }) => href !== place.href);
    localStorage.setItem(key, JSON.stringify([place, ...others].slice(0, most)));
  } catch {
    // Then nothing is remembered.
  }
}
