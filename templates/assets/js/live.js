// @ts-check
import { one } from './dom.js';

/**
 * What htmx says of a request or a connection.
 * @typedef {{ reason?: string, ctx?: { sourceElement?: Element } }} HtmxDetail
 * @typedef {'live' | 'broken' | 'stopped'} State
 */

let updatedAt = 0;
/** @type {State} */
let state = 'live';

/** @param {Event} event */
function detailOf(event) {
  /** @type {HtmxDetail | null} */
  const detail = event instanceof CustomEvent ? event.detail : null;
  return detail ?? {};
}

/** @param {number} seconds */
function agoText(seconds) {
  if (seconds < 2) return 'Updated just now';
  return seconds < 60 ? `Updated ${seconds} s ago` : `Updated ${Math.floor(seconds / 60)} min ago`;
}

function stateText() {
  if (state === 'stopped') return 'Not live: reload the page';
  if (state === 'broken') return 'Reconnecting…';
  return updatedAt === 0 ? 'Connecting…' : agoText(Math.round((Date.now() - updatedAt) / 1000));
}

function show() {
  const mark = document.querySelector('[data-updated]');
  if (!mark) return;
  const line = one('[data-updated-text]', HTMLElement, mark);
  const text = stateText();
  if (line.textContent !== text) line.textContent = text;
  mark.classList.toggle('bz-waiting', state !== 'live');
}

/** @param {State} next */
function become(next) {
  state = next;
  show();
}

function refreshed() {
  updatedAt = Date.now();
  become('live');
}

document.addEventListener('htmx:sse:after:connection', refreshed);
document.addEventListener('htmx:sse:after:message', refreshed);
for (const name of ['htmx:sse:error', 'htmx:sse:close']) {
  document.addEventListener(name, (event) => {
    if (detailOf(event).reason !== 'message' && state !== 'stopped') become('broken');
  });
}
document.addEventListener('htmx:response:error', (event) => {
  if (detailOf(event).ctx?.sourceElement?.hasAttribute('hx-sse:connect')) become('stopped');
});
document.addEventListener('htmx:after:swap', show);
// A page in the background does not ask again and again.
document.addEventListener('htmx:before:request', (event) => {
  const trigger = detailOf(event).ctx?.sourceElement?.getAttribute('hx-trigger');
  if (document.hidden && trigger?.startsWith('every')) event.preventDefault();
});
if (document.querySelector('[data-updated]')) setInterval(show, 1000);
show();
