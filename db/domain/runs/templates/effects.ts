import { dayMs, hourMs, minuteMs } from '../../time.ts';
import { type Json, type LeafStep, limits, type Value, type WaitStep } from './definition.ts';
import { type Names, valueOf } from './evaluate.ts';
import { ExpressionError } from './expression.ts';
import { momentOf, textOf } from './functions.ts';

/** Groups of people that a mail can go to. */
export const mailGroups = ['starter', 'owner', 'admins', 'team'] as const;

/** What a step asks of the world, with every value known. */
export type Effect =
  | { kind: 'tool'; server: string; tool: string; arguments: Record<string, Json> }
  /** `to` is one of `mailGroups` or an email address. */
  | { kind: 'mail'; to: string; subject: string; body: string }
  | { kind: 'http'; method: string; url: string; headers: Record<string, string>; body: Json }
  | { kind: 'approval'; question: string; by: 'owner' | 'admin'; expiresInDays: number }
  /** Until a moment, in epoch milliseconds; with `event` at most until then. */
  | { kind: 'wait'; untilMs: number; event?: { action: string; about: string | null } }
  | { kind: 'record'; change: 'note'; text: string }
  | { kind: 'set'; values: Record<string, Json> };

export const faultCodes = [
  'template.expression-failed',
  'template.value-wrong',
  'template.too-many-steps',
  'template.too-large',
] as const;
export type FaultCode = (typeof faultCodes)[number];

/** A step that can't be carried out as it is written; `about` is a name or a problem of its expression. */
export class TemplateFault extends Error {
  readonly code: FaultCode;
  readonly about: string;

  constructor(code: FaultCode, about: string) {
    super(`${code}: ${about}`);
    this.name = 'TemplateFault';
    this.code = code;
    this.about = about;
  }
}

/** Throws `TemplateFault` where the expression has no value. */
export function solved<T>(work: () => T): T {
  try {
    return work();
  } catch (error) {
    if (!(error instanceof ExpressionError)) throw error;
    throw new TemplateFault('template.expression-failed', error.about ?? error.problem);
  }
}

/** About how many characters a value has as JSON; stops counting past `most`, as one value can hold another many times. */
export function sizeOf(value: unknown, most: number): number {
  if (typeof value === 'string') return value.length + 2;
  if (value === null || typeof value !== 'object') return 5;
  let size = 2;
  for (const [name, one] of Object.entries(value)) {
    size += name.length + 3;
    if (size > most) return size;
    size += sizeOf(one, most - size);
    if (size > most) return size;
  }
  return size;
}

export const emailPattern = /^[^\s@<>"',;:()\\]{1,64}@[A-Za-z0-9.-]{1,180}\.[A-Za-z]{2,}$/;

function text(value: Value, names: Names, about: string, longest: number = limits.text): string {
  const found = textOf(valueOf(value, names));
  if (found.length > longest) throw new TemplateFault('template.value-wrong', about);
  return found;
}

function count(value: Value | undefined, names: Names, about: string): number {
  if (value === undefined) return 0;
  const found = valueOf(value, names);
  if (typeof found !== 'number' || !Number.isInteger(found) || found < 0)
    throw new TemplateFault('template.value-wrong', about);
  return found;
}

function waitOf({ for: length, until, event }: WaitStep, names: Names, nowMs: number): Effect {
  const latestMs = nowMs + limits.waitDays * dayMs;
  if (event) {
    const about = event.about === undefined ? null : text(event.about, names, 'about', 200);
    const untilMs = Math.min(latestMs, nowMs + event.withinDays * dayMs);
    return { kind: 'wait', untilMs, event: { action: event.action, about } };
  }
  if (until !== undefined) {
    const untilMs = momentOf(text(until, names, 'until', 40));
    if (untilMs === null || untilMs > latestMs) throw new TemplateFault('template.value-wrong', 'until');
    return { kind: 'wait', untilMs: Math.max(nowMs, untilMs) };
  }
  const ms =
    count(length?.days, names, 'days') * dayMs +
    count(length?.hours, names, 'hours') * hourMs +
    count(length?.minutes, names, 'minutes') * minuteMs;
  if (ms > limits.waitDays * dayMs) throw new TemplateFault('template.value-wrong', 'for');
  return { kind: 'wait', untilMs: nowMs + ms };
}

function recipient(value: Value, names: Names): string {
  const to = text(value, names, 'to', 254);
  if (!(mailGroups as readonly string[]).includes(to) && !emailPattern.test(to))
    throw new TemplateFault('template.value-wrong', 'to');
  return to;
}

/** What a step asks for with these names. Throws `TemplateFault`. */
export function effectOf(step: LeafStep, names: Names, nowMs: number): Effect {
  return solved((): Effect => {
    switch (step.kind) {
      case 'tool': {
        const { server, tool } = step;
        const given = valueOf(step.arguments, names) as Record<string, Json>;
        // Left empty means not given, as in a form.
        const filled = Object.entries(given).filter(([, value]) => value !== null);
        return { kind: 'tool', server, tool, arguments: Object.fromEntries(filled) };
      }
      case 'mail': {
        const subject = text(step.subject, names, 'subject', 500).replace(/\s+/g, ' ').trim().slice(0, 200);
        const body = text(step.body, names, 'body');
        return { kind: 'mail', to: recipient(step.to, names), subject, body };
      }
      case 'http': {
        const headers = Object.entries(step.headers ?? {}).map(([name, value]) => [
          name.toLowerCase(),
          text(value, names, name, 1_000),
        ]);
        const body = step.body === undefined ? null : valueOf(step.body, names);
        if (sizeOf(body, limits.text) > limits.text) throw new TemplateFault('template.value-wrong', 'body');
        const url = text(step.url, names, 'url', 2_000);
        return {
          kind: 'http',
          method: step.method,
          url,
          headers: Object.fromEntries(headers) as Record<string, string>,
          body,
        };
      }
      case 'approval': {
        const question = text(step.question, names, 'question', 1_000);
        return { kind: 'approval', question, by: step.by, expiresInDays: step.expiresInDays };
      }
      case 'wait':
        return waitOf(step, names, nowMs);
      case 'record':
        return { kind: 'record', change: step.change, text: text(step.text, names, 'text', 500) };
      case 'set':
        return { kind: 'set', values: valueOf(step.values, names) as Record<string, Json> };
    }
  });
}
