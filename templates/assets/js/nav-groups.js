// @ts-check
import { all } from './dom.js';

// Which groups of the navigation were left open: a cookie, so that the next page comes with them open.
const groups = all('[data-nav-group]', HTMLDetailsElement);

function store() {
  const open = groups.filter((group) => group.open).map((group) => group.dataset['navGroup'] ?? '');
  document.cookie = `nav-open=${open.join('.')};path=/;max-age=31536000;samesite=lax`;
}

for (const group of groups) {
  group.querySelector('summary')?.addEventListener('click', () => setTimeout(store));
}
