// @ts-check

/** @type {HTMLElement | undefined} */
let line;

/**
 * Tells screen readers something, politely.
 * @param {string} text
 */
export function announce(text) {
  if (!line) {
    line = document.createElement('div');
    line.className = 'visually-hidden';
    line.setAttribute('role', 'status');
    document.body.append(line);
  }
  line.textContent = text;
}
