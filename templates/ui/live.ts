/** A refused or failed response must not replace the current content; htmx 4 would swap it in. */
const keepOnFailure = { 'hx-status:4xx': 'swap:none', 'hx-status:5xx': 'swap:none' };

/** Asks again for the page it is on and takes out the part with this id. */
export function pollEvery(interval: '2s' | '5s', href: string, id: string): Record<string, string> {
  return {
    'hx-get': href,
    'hx-trigger': `every ${interval}`,
    'hx-select': `#${id}`,
    'hx-swap': 'outerMorph',
    ...keepOnFailure,
  };
}

/** Takes server-sent fragments of its own content until an event named `ended` comes. */
export function streamFrom(href: string): Record<string, string> {
  return { 'hx-sse:connect': href, 'hx-sse:close': 'ended', 'hx-swap': 'innerMorph', ...keepOnFailure };
}

/** Asks once, after the page has loaded, and gives way to the answer. */
export function loadOnce(href: string): Record<string, string> {
  return { 'hx-get': href, 'hx-trigger': 'load', 'hx-swap': 'outerHTML', ...keepOnFailure };
}

/** A field that shows what its value would lead to: asks with it, and puts the part of the answer with this id in place. */
export function previewFrom(href: string, id: string): Record<string, string> {
  return {
    'hx-get': href,
    'hx-trigger': 'change',
    'hx-select': `#${id}`,
    'hx-target': `#${id}`,
    'hx-swap': 'outerHTML',
    ...keepOnFailure,
  };
}

/** In a menu: asks each time it is opened, and shows the part of the answer with this id. */
export function loadWhenOpened(href: string, id: string): Record<string, string> {
  return {
    'hx-get': href,
    'hx-trigger': 'toggle from:"closest details"',
    'hx-select': `#${id}`,
    'hx-swap': 'innerHTML',
    ...keepOnFailure,
  };
}
