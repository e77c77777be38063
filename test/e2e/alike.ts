import type { Page } from 'playwright-core';

/** Marks rows and items that differ from two earlier ones in their words only; what carries it needs no second look. */
export const alike = '[data-alike]';

/**
 * Has `alike` match all but the first two rows of each shape in every list of the page: the same elements with the same
 * classes and attributes, with words or without. Two, since stripes alternate. Checks that look at every element then
 * take as long for a full page as for a short one. Answers how many it left unmarked.
 */
export async function markAlike(page: Page): Promise<number> {
  return page.evaluate<number>(`(() => {
    const shapeOf = (element) => [
      element.tagName,
      ...[...element.attributes].map(({ name, value }) => name + (name === 'class' || value === '' ? '=' + value : '')),
      element.textContent.trim() === '',
    ].join(' ');
    let left = 0;
    for (const list of document.querySelectorAll('tbody, ul, ol')) {
      const seen = new Map();
      for (const row of list.children) {
        const shape = [row, ...row.querySelectorAll('*')].map(shapeOf).join();
        const times = (seen.get(shape) ?? 0) + 1;
        seen.set(shape, times);
        if (times > 2) row.setAttribute('data-alike', '');
        else left += 1;
      }
    }
    return left;
  })()`);
}
