// @ts-check

/**
 * The elements below `root` that a selector finds and that are of a kind.
 * @template {Element} T
 * @param {string} selector
 * @param {new () => T} kind
 * @param {ParentNode} [root]
 * @returns {T[]}
 */
export function all(selector, kind, root = document) {
  return [...root.querySelectorAll(selector)].filter(
    /** @returns {element is T} */ (element) => element instanceof kind,
  );
}

/**
 * The one element below `root` that has to be there; throws without it.
 * @template {Element} T
 * @param {string} selector
 * @param {new () => T} kind
 * @param {ParentNode} root
 * @returns {T}
 */
export function one(selector, kind, root) {
  const [found] = all(selector, kind, root);
  if (!found) throw new Error(`the page has no ${selector}`);
  return found;
}

/**
 * Prepares every element that a selector finds, once: those of the page, and those that come into it later.
 * @template {Element} T
 * @param {string} selector
 * @param {new () => T} kind
 * @param {(element: T) => void} prepare
 */
export function each(selector, kind, prepare) {
  const done = new WeakSet();
  const run = () => {
    for (const element of all(selector, kind)) {
      if (done.has(element)) continue;
      done.add(element);
      prepare(element);
    }
  };
  document.addEventListener('htmx:after:swap', run);
  run();
}

/**
 * The form around an element; throws without one.
 * @param {Element} element
 */
export function formOf(element) {
  const form = element.closest('form');
  if (!form) throw new Error('this belongs into a form');
  return form;
}

/**
 * What an event happened in: the nearest element around its target that a selector finds.
 * @param {Event} event
 * @param {string} selector
 */
export function around(event, selector) {
  const found = event.target instanceof Element ? event.target.closest(selector) : null;
  return found instanceof HTMLElement ? found : null;
}

/**
 * Whether a key that is pressed here is text and no command.
 * @param {Event} event
 */
export function isTyping(event) {
  const { target } = event;
  return target instanceof HTMLElement && target.matches('input, textarea, select, [contenteditable]');
}
