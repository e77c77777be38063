import type { Response } from 'express';
import type { VNode } from 'preact';
import { renderPage } from '../../templates/layout/render.ts';
import { compress } from './compress.ts';
import { setFlash } from './flash.ts';
import { isRedirect, type Redirect } from './route.ts';

function sendPage(response: Response, page: VNode, status: number): void {
  compress(response.req, response);
  response.status(status).set('cache-control', 'no-store').type('html').send(renderPage(page));
}

/** Whether an address with a #fragment is that of the page itself: a browser would only scroll there. */
function isOnlyScroll(to: string, current: string | string[] | undefined): boolean {
  if (typeof current !== 'string' || !to.includes('#') || !URL.canParse(to, current)) return false;
  return new URL(to, current).href.split('#')[0] === current.split('#')[0];
}

/** Leads on. A form that a script sent would follow a redirect itself, so it gets the address as htmx takes it. */
export function redirect(response: Response, { to, flash }: Redirect): void {
  if (flash) setFlash(response, flash);
  const { method, headers } = response.req;
  if (method !== 'POST' || !headers['hx-request']) return response.redirect(303, to);
  if (isOnlyScroll(to, headers['hx-current-url'])) response.set('hx-refresh', 'true');
  else response.set('hx-redirect', to);
  response.status(200).end();
}

/** Shows a page, with 200 unless `status` says otherwise, or leads on. */
export function answer(response: Response, shown: VNode | Redirect, status = 200): void {
  if (isRedirect(shown)) redirect(response, shown);
  else sendPage(response, shown, status);
}
