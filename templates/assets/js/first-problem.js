// @ts-check
import { all } from './dom.js';

// What was wrong with a refused form is read first.
all('[data-focus]', HTMLElement)[0]?.focus();
