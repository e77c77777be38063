// @ts-check
// Makes the portal quicker; every page works without it.
import './theme-toggle.js';
import './dialogs.js';
import './menus.js';
import './nav-groups.js';
import './pending.js';
import './first-problem.js';
import './copy.js';
import './list-keys.js';
import './filters.js';
import './live-search.js';
import './device-values.js';
import './price.js';
import './dependent-fields.js';
import './choices.js';
import './row-selection.js';
import './live.js';
