import type { Request, Response } from 'express';
import { dropCookie, ownCookie, setCookie } from './cookies.ts';

/** A message for the next page: plain text, at most 500 characters. */
export interface Flash {
  kind: 'done' | 'problem' | 'note';
  text: string;
  /** Id of a run, or of its workflow: the message follows it to its end. */
  run?: string;
}

/** Keeps one message for the next page, for a minute. */
export function setFlash(response: Response, flash: Flash): void {
  const value = Buffer.from(JSON.stringify(flash)).toString('base64url');
  setCookie(response, 'flash', value, { maxAgeMs: 60_000 });
}

/** Takes the message of the last answer, once. */
export function takeFlash(request: Request, response: Response): Flash | null {
  const value = ownCookie(request, 'flash');
  if (!value) return null;
  dropCookie(response, 'flash');
  try {
    const flash = JSON.parse(Buffer.from(value, 'base64url').toString()) as Partial<Flash>;
    const kind = flash.kind === 'problem' || flash.kind === 'note' ? flash.kind : 'done';
    if (typeof flash.text !== 'string') return null;
    const run = typeof flash.run === 'string' && { run: flash.run.slice(0, 300) };
    return { kind, text: flash.text.slice(0, 500), ...run };
  } catch {
    // Not one of ours: there is no message to show.
    return null;
  }
}
