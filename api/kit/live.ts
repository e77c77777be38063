import { setTimeout as sleep } from 'node:timers/promises';
import type { VNode } from 'preact';
import { renderSseMessage } from '../../templates/layout/render.ts';
import type { RequestContext } from './context.ts';
import { principalOf } from './session-cookies.ts';

const pollMs = 1_000;
const pingMs = 15_000;
/** A browser reconnects automatically; a forgotten tab does not hold a connection for ever. */
const longestMs = 10 * 60_000;

/** Tells the browser that nothing more will come. */
const ended = 'event: ended\ndata: \n\n';

/** What a live part of a page shows at one moment. */
export interface LiveView {
  /** Another one whenever something else is to be shown. */
  version: string;
  /** Nothing will change any more. */
  isOver: boolean;
  /** Null where what the page shows already stays. */
  render(): Promise<VNode | null> | VNode | null;
}

/** Sends the live part of a page each time it has changed, until it is over or the reader leaves. */
export async function streamLive(context: RequestContext, read: () => Promise<LiveView>): Promise<void> {
  const { request, response } = context;
  // What cannot be read at first is answered with its error.
  let view = await read();
  response.status(200).set({
    'content-type': 'text/event-stream; charset=utf-8',
    'cache-control': 'no-store',
    'x-accel-buffering': 'no',
  });
  response.flushHeaders();
  const leaving = new AbortController();
  response.on('close', () => leaving.abort());

  const startedMs = Date.now();
  let sentVersion: string | null = null;
  let spokeMs = Date.now();
  const send = (text: string) => {
    response.write(text);
    spokeMs = Date.now();
  };
  while (!leaving.signal.aborted) {
    if (view.version !== sentVersion) {
      const part = await view.render();
      if (part) send(renderSseMessage(part));
      sentVersion = view.version;
    } else if (Date.now() - spokeMs > pingMs) send(': still here\n\n');
    if (view.isOver || Date.now() - startedMs > longestMs) break;
    await sleep(pollMs, undefined, { signal: leaving.signal }).catch(() => undefined);
    if (leaving.signal.aborted) break;
    // A session that was ended is over here too.
    if (!(await principalOf(context.deps, request)).principal) break;
    view = await read();
  }
  if (view.isOver) send(ended);
  response.end();
}
