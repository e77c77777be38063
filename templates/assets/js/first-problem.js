// @ts-check
import { each } from './dom.js';

// What was wrong with a refused form is read first.
each('[data-focus]', HTMLElement, (problem) => {
  if (!document.activeElement?.closest('[data-focus]')) problem.focus();
});
