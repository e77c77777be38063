// @ts-check
import { announce } from './announce.js';
import { each, one } from './dom.js';

/** Seconds before the end at which screen readers are told. */
const tellAt = [300, 60, 10];

/** @param {number} seconds */
function leftText(seconds) {
  return seconds >= 60
    ? `${Math.floor(seconds / 60)} min ${seconds % 60} s left`
    : `${Math.max(0, seconds)} s left`;
}

// A view as another person ends on its own; the page is asked for again then, and says so.
each('[data-view-remaining]', HTMLElement, (banner) => {
  const startedMs = performance.now();
  const total = Number(banner.dataset['viewRemaining']);
  const text = one('[data-view-countdown]', HTMLElement, banner);
  const tick = () => {
    const left = total - Math.floor((performance.now() - startedMs) / 1000);
    text.textContent = leftText(left);
    if (tellAt.includes(left)) announce(`This view ends in ${left} seconds.`);
    if (left > -1) return;
    clearInterval(timer);
    location.reload();
  };
  const timer = setInterval(tick, 1000);
});
