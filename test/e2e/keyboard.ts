import assert from 'node:assert/strict';
import type { Page } from 'playwright-core';

/** What has the focus: its name as a screen reader would say it, about, and whether a person can see that it has it. */
interface Focus {
  name: string;
  type: string;
  /** Why the focus cannot be seen; empty when it can. */
  hidden: string;
}

/** The ring may be drawn by the control itself or by the card around it. */
const readFocus = `(() => {
  const at = document.activeElement;
  const ring = (element) => {
    if (!element) return false;
    const { outlineStyle, outlineWidth } = getComputedStyle(element);
    return outlineStyle !== 'none' && parseFloat(outlineWidth) > 0;
  };
  const { width, height, top, bottom } = at.getBoundingClientRect();
  const inView = width > 0 && height > 0 && bottom > 0 && top < innerHeight;
  const labels = [...(at.labels ?? [])].map((label) => label.innerText);
  const name = [at.getAttribute('aria-label'), ...labels, at.innerText].find(Boolean) ?? '';
  return {
    name: name.trim(),
    type: at.type ?? at.tagName.toLowerCase(),
    hidden: inView ? (ring(at) || ring(at.closest('label')) ? '' : 'no ring') : 'at ' + top + ' of ' + innerHeight,
  };
})()`;

/** The page may still be scrolling to what has the focus. */
async function focusOf(page: Page): Promise<Focus> {
  for (let tries = 0; ; tries += 1) {
    const focus = await page.evaluate<Focus>(readFocus);
    if (!focus.hidden || tries === 10) return focus;
    await page.waitForTimeout(50);
  }
}

/** Presses Tab until the control with this name has the focus; on the way each stop must be visible. */
export async function tabTo(page: Page, name: RegExp, key: 'Tab' | 'Shift+Tab' = 'Tab'): Promise<Focus> {
  const passed: string[] = [];
  for (let presses = 0; presses < 90; presses += 1) {
    await page.keyboard.press(key);
    const focus = await focusOf(page);
    assert.equal(focus.hidden, '', `the focus cannot be seen on “${focus.name}” (${focus.type})`);
    if (name.test(focus.name)) return focus;
    passed.push(focus.name);
  }
  throw new Error(`${String(name)} cannot be reached: ${passed.join(' · ')}`);
}

/** Goes to a field and types; a list takes the typed letters as a search. */
export async function typeInto(page: Page, name: RegExp, text: string): Promise<void> {
  await tabTo(page, name);
  await page.keyboard.type(text);
}
