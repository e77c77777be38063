import type { VNode } from 'preact';
import { renderToString } from 'preact-render-to-string';

/** A whole HTML document. */
export function renderPage(page: VNode): string {
  return `<!doctype html>${renderToString(page)}`;
}

/** A part of a page, for htmx answers and server-sent events. */
export function renderFragment(part: VNode): string {
  return renderToString(part);
}

/** One server-sent event without a name: htmx swaps unnamed messages only, named ones merely trigger. */
export function renderSseMessage(part: VNode): string {
  // Any kind of line break would otherwise start a new field of the message.
  const lines = renderToString(part).split(/\r\n|\r|\n/);
  return `${lines.map((line) => `data: ${line}`).join('\n')}\n\n`;
}
